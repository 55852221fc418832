// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page in a headless Chromium, driven by its DevTools protocol. */
public final class Browser implements AutoCloseable, WebSocket.Listener {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern LISTENING = Pattern.compile("ws://127\\.0\\.0\\.1:(\\d+)/");
    private static final long ANSWER_SECONDS = 30;

    private final Process process;
    private final WebSocket socket;
    private final StringBuilder partial = new StringBuilder();
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<JsonNode> events = new ConcurrentLinkedQueue<>();

    private Browser(Process process, HttpClient client, URI page) {
        this.process = process;
        this.socket = client.newWebSocketBuilder().buildAsync(page, this).join();
    }

    /** The program; empty where this machine has none. */
    public static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(
                        folder ->
                                Stream.of("chromium", "chromium-browser", "google-chrome")
                                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a browser with an empty page. */
    public static Browser start(Path program, Path profile)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--window-size=1280,900",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int port = port(process);
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new"))
                        .PUT(BodyPublishers.noBody())
                        .build();
        JsonNode page = MAPPER.readTree(client.send(request, BodyHandlers.ofString()).body());
        Browser browser =
                new Browser(process, client, URI.create(page.get("webSocketDebuggerUrl").asText()));
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            browser.ask(domain + ".enable", Map.of());
        }
        return browser;
    }

    private static int port(Process process) throws IOException {
        BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
        List<String> said = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread rest = new Thread(() -> skip(lines), "browser");
                rest.setDaemon(true);
                rest.start();
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new IOException("the browser does not start: " + said);
    }

    private static void skip(BufferedReader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // It has ended.
        }
    }

    /** Goes to an address; does not wait for what is there. */
    public void open(URI address) {
        ask("Page.navigate", Map.of("url", address.toString()));
    }

    /** The value of a JavaScript expression. */
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer);
        }
        return answer.get("result").path("value");
    }

    /** Waits until an expression is true. */
    public void await(String condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!evaluate("Boolean(" + condition + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        condition + " never came true: " + evaluate("document.body.innerText"));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Addresses that the page asked for so far. */
    public List<String> requests() {
        return events("Network.requestWillBeSent", "/request/url");
    }

    /** What the console says went wrong so far. */
    public List<String> errors() {
        List<String> errors = new ArrayList<>(events("Log.entryAdded", "/entry/text"));
        errors.addAll(events("Runtime.exceptionThrown", "/exceptionDetails"));
        return errors;
    }

    private List<String> events(String method, String part) {
        return events.stream()
                .filter(event -> event.get("method").asText().equals(method))
                .map(event -> event.get("params").at(part))
                .map(node -> node.isTextual() ? node.asText() : node.toString())
                .toList();
    }

    /** How wide the page is, and whether its user likes it dark. */
    public void look(int width, int height, boolean dark) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        String scheme = dark ? "dark" : "light";
        ask(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    public void screenshot(Path file) throws IOException {
        JsonNode picture = ask("Page.captureScreenshot", Map.of("format", "png"));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
    }

    private JsonNode ask(String method, Map<String, ?> parameters) {
        int id = next.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        try {
            String text =
                    MAPPER.writeValueAsString(
                            Map.of("id", id, "method", method, "params", parameters));
            socket.sendText(text, true).join();
            JsonNode message = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (message.has("error")) {
                throw new IllegalStateException(method + ": " + message.get("error"));
            }
            return message.get("result");
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " was not answered", e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            take(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(String text) {
        try {
            JsonNode message = MAPPER.readTree(text);
            if (message.has("id")) {
                asked.remove(message.get("id").asInt()).complete(message);
            } else {
                events.add(message);
            }
        } catch (IOException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> descendants = process.descendants().toList();
        try {
            ask("Browser.close", Map.of());
        } finally {
            socket.abort();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            // One that outlives it goes on writing into the profile, which a test's end removes.
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
