// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FolderServerTest {

    private static final String LETTERS = "0123456789abcdef";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir private Path around;

    private Path folder;
    private FolderServer server;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(around.resolve("out"));
        Files.writeString(around.resolve("secret.txt"), "secret");
        server = FolderServer.start(folder, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "hls/cam/index.m3u8, application/vnd.apple.mpegurl, no-store",
        "hls/cam/000001.m4s, video/mp4, no-cache",
        "a.masked.mp4, video/mp4, no-cache",
        "scores/0.jsonl, application/x-ndjson, no-store",
        "live.json, application/json, no-store",
        "report.html, text/html; charset=utf-8, no-store",
        "masks/a/000001.png, image/png, no-cache",
        "a.unknown, application/octet-stream, no-store",
    })
    void saysWhatAFileIsAndHowLongItMayBeKept(String name, String type, String caching)
            throws Exception {
        write(name, LETTERS);
        HttpResponse<String> answer = get("/" + name);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(LETTERS);
        assertThat(header(answer, "Content-Type")).isEqualTo(type);
        assertThat(header(answer, "Cache-Control")).isEqualTo(caching);
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, 0123, bytes 0-3/16",
        "bytes=10-, 206, abcdef, bytes 10-15/16",
        "bytes=-4, 206, cdef, bytes 12-15/16",
        "bytes=-99, 206, 0123456789abcdef, bytes 0-15/16",
        "bytes=12-99, 206, cdef, bytes 12-15/16",
        "bytes=16-, 416, '', bytes */16",
        "bytes=-0, 416, '', bytes */16",
        "'bytes=0-1,4-5', 200, 0123456789abcdef, ",
        "bytes=5-2, 200, 0123456789abcdef, ",
        "bytes=-, 200, 0123456789abcdef, ",
        "lines=0-1, 200, 0123456789abcdef, ",
    })
    void sendsThePartThatIsAskedFor(String range, int code, String body, String part)
            throws Exception {
        write("a.mp4", LETTERS);
        HttpResponse<String> answer = get("/a.mp4", "Range", range);
        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(header(answer, "Content-Range")).isEqualTo(part);
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    }

    @Test
    void aPartOfAnotherFileIsAllOfThisOne() throws Exception {
        write("a.mp4", LETTERS);
        String tag = header(get("/a.mp4"), "ETag");
        assertThat(get("/a.mp4", "Range", "bytes=0-3", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(get("/a.mp4", "Range", "bytes=0-3", "If-Range", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(get("/a.mp4", "If-None-Match", tag).statusCode()).isEqualTo(304);
        write("a.mp4", LETTERS + LETTERS);
        assertThat(get("/a.mp4", "If-None-Match", tag).body()).hasSize(32);
    }

    @Test
    void headSaysWhatGetWouldBringAndOthersAreRefused() throws Exception {
        write("a.mp4", LETTERS);
        HttpResponse<String> head = send("HEAD", "/a.mp4");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo("16");
        assertThat(header(head, "Content-Type")).isEqualTo("video/mp4");
        assertThat(head.body()).isEmpty();
        assertThat(send("HEAD", "/b.mp4").statusCode()).isEqualTo(404);
        HttpResponse<String> post = send("POST", "/a.mp4");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
        write("empty.jsonl", "");
        assertThat(get("/empty.jsonl").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/hls/..%2F..%2Fsecret.txt",
                "/hls/%2e%2e/%2e%2e/secret.txt",
                "/..%5csecret.txt",
                "/hls/../../secret.txt",
                "/link.txt",
                "/linked/secret.txt",
                "/linked/",
                "/.claim",
                "/%2eclaim",
                "/.staging-1/part.mp4",
                "/staged.mp4",
                "/a.mp4/b",
                "/nothing",
                "/a%00.mp4",
                "/pipe",
            })
    void nothingElseIsServed(String path) throws Exception {
        write("a.mp4", LETTERS);
        write("hls/index.m3u8", "");
        write(".claim", "secret");
        write(".staging-1/part.mp4", "secret");
        Files.createSymbolicLink(folder.resolve("link.txt"), around.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("linked"), around);
        Files.createSymbolicLink(
                folder.resolve("staged.mp4"), folder.resolve(".staging-1/part.mp4"));
        assertThat(new ProcessBuilder("mkfifo", folder + "/pipe").start().waitFor()).isZero();
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain("secret");
    }

    @Test
    void strayPercentSignsEndNoServer() throws Exception {
        write("a.mp4", LETTERS);
        assertThat(raw("GET /a%zz.mp4 HTTP/1.1\r\nHost: localhost\r\n")).doesNotContain("200");
        assertThat(get("/a.mp4").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8090, 200",
        "localhost:1, 200",
        "LOCALHOST, 200",
        "[::1]:8090, 200",
        "evil.example:8090, 403",
        "127.0.0.1.evil.example, 403",
        "localhost.evil.example, 403",
        "192.168.0.1, 403",
        "'', 403",
    })
    void namesThatOthersGiveThisMachineAreRefused(String host, int code) throws Exception {
        write("live.json", "{}");
        assertThat(raw("GET /live.json HTTP/1.1\r\nHost: " + host + "\r\n"))
                .startsWith("HTTP/1.1 " + code);
        assertThat(raw("GET /live.json HTTP/1.1\r\n")).startsWith("HTTP/1.1 403");
    }

    @Test
    void listensToThisMachineOnly() throws Exception {
        int port = server.address().getPort();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port))
                            .isInstanceOf(ConnectException.class);
                }
            }
        }
    }

    @Test
    void showsTheBestPageThereIs() throws Exception {
        write("<b>&\" 1%/a #1.mp4", LETTERS);
        write(".claim", "");
        assertThat(server.address().getPath()).isEqualTo("/");
        HttpResponse<String> index = get("/");
        assertThat(index.body())
                .contains("<a href=\"./%3Cb%3E%26%22%201%25/\">&lt;b&gt;&amp;&quot; 1%/</a>")
                .doesNotContain("claim")
                .doesNotContain("<b>");
        assertThat(header(index, "Content-Security-Policy")).contains("default-src 'none'");
        HttpResponse<String> inner = get("/%3Cb%3E%26%22%201%25");
        assertThat(inner.statusCode()).isEqualTo(302);
        assertThat(header(inner, "Location")).isEqualTo("/%3Cb%3E%26%22%201%25/");
        assertThat(get("/%3Cb%3E%26%22%201%25/").body()).contains("href=\"./a%20%231.mp4\"");
        assertThat(get("/%3Cb%3E%26%22%201%25/a%20%231.mp4").body()).isEqualTo(LETTERS);

        write("report.html", "");
        assertThat(server.address().getPath()).isEqualTo("/report.html");
        write("live.html", "");
        assertThat(server.address().getPath()).isEqualTo("/live.html");
        assertThat(header(get("/"), "Location")).isEqualTo("/live.html");
    }

    @Test
    void eachAnswerIsOneStateOfAFileThatIsReplacedMeanwhile() throws Exception {
        write("index.m3u8", "a".repeat(100_000));
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 300; i++) {
                                replace("index.m3u8", i);
                            }
                        });
        do {
            String body = get("/index.m3u8").body();
            assertThat(body.chars().distinct().count()).isEqualTo(1);
        } while (!writing.isDone());
        writing.get();
    }

    private void replace(String name, int version) {
        try {
            String letter = Character.toString('a' + version % 26);
            write(".unfinished", letter.repeat(100_000 + 1000 * (version % 7)));
            Files.move(
                    folder.resolve(".unfinished"),
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void clientsThatStandStillHoldUpNoOther() throws Exception {
        write("a.mp4", "x".repeat(64 << 20));
        write("live.json", "{}");
        List<Socket> still = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                still.add(connect("GET /a.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                still.add(connect("GET /a.mp4 HTTP/1.1\r\nHo"));
            }
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(
                        client.sendAsync(request("GET", "/live.json"), BodyHandlers.ofString())
                                .thenApply(HttpResponse::statusCode));
            }
            for (CompletableFuture<Integer> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(200);
            }
        } finally {
            for (Socket socket : still) {
                socket.close();
            }
        }
    }

    @Test
    void takenPortsAndMissingFoldersAreNamed() {
        int port = server.address().getPort();
        assertThatThrownBy(() -> FolderServer.start(folder, port))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("port " + port + " cannot be had")
                .hasMessageContaining("0 for any that is free");
        assertThatThrownBy(() -> FolderServer.start(folder.resolve("nothing"), 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing does not exist");
        assertThatThrownBy(() -> FolderServer.start(around.resolve("secret.txt"), 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("secret.txt is a file");
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, headers);
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws Exception {
        return client.send(request(method, path, headers), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    /** What the server says to a client that says things no honest one does. */
    private String raw(String request) throws IOException {
        try (Socket socket = connect(request + "Connection: close\r\n\r\n")) {
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Socket connect(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }
}
