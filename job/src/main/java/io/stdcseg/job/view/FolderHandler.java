// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.view;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Pattern;

/** Answers of a server to browsers that ask for what lies in a folder. */
final class FolderHandler implements HttpHandler {

    /**
     * Names that lead to this machine only. A page from elsewhere, whose own name was made to lead
     * here, asks by that name. A tunnel may have another port.
     */
    private static final Pattern HOST =
            Pattern.compile("(?i)(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?");

    /** Pages bring all they need inside; they ask nobody else, whatever is written into them. */
    private static final String POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
                    + " img-src 'self' data:; media-src 'self' blob:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ServedFolder folder;

    FolderHandler(ServedFolder folder) {
        this.folder = folder;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing an answer that is not complete ends its connection: the client sees that.
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cache-Control", "no-store");
            String host = exchange.getRequestHeaders().getFirst("Host");
            String method = exchange.getRequestMethod();
            if (host == null || !HOST.matcher(host).matches()) {
                sendText(exchange, 403, "this is served to 127.0.0.1 and localhost only");
            } else if (!Set.of("GET", "HEAD").contains(method)) {
                headers.set("Allow", "GET, HEAD");
                sendText(exchange, 405, "GET and HEAD are allowed");
            } else {
                answer(exchange);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Path found = path == null ? null : folder.find(path);
        try {
            if (found == null) {
                sendText(exchange, 404, "there is no such file");
            } else if (!Files.isDirectory(found)) {
                sendFile(exchange, found);
            } else if (!path.endsWith("/")) {
                redirect(exchange, "/" + encodedName(path) + "/");
            } else if (folder.name(found).isEmpty() && folder.bestPage() != null) {
                redirect(exchange, "/" + folder.bestPage());
            } else {
                String name = folder.name(found);
                String page = FolderIndex.of("/" + name, name.isEmpty(), folder.list(found));
                send(exchange, 200, ContentTypes.of("index.html"), page);
            }
        } catch (FileSystemException e) {
            // It went away since it was found, or may not be read; nothing was sent yet.
            sendText(exchange, 404, "there is no such file");
        }
    }

    /** The path without its slashes at the front: two of them would name another machine. */
    private static String encodedName(String path) {
        return path.replaceFirst("^/+", "");
    }

    private static void sendFile(HttpExchange exchange, Path file) throws IOException {
        // The file that is open stays the same one, also when another takes its name.
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            String name = file.getFileName().toString();
            String tag = "\"" + size + "-" + Files.getLastModifiedTime(file).toMillis() + "\"";
            Headers asked = exchange.getRequestHeaders();
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", ContentTypes.of(name));
            headers.set("Accept-Ranges", "bytes");
            if (ContentTypes.isLasting(name)) {
                // A new run may write other files of the same names.
                headers.set("Cache-Control", "no-cache");
                headers.set("ETag", tag);
                if (tag.equals(asked.getFirst("If-None-Match"))) {
                    exchange.sendResponseHeaders(304, -1);
                    return;
                }
            }
            String same = asked.getFirst("If-Range");
            ByteRange range =
                    same == null || same.equals(tag)
                            ? ByteRange.of(asked.getFirst("Range"), size)
                            : null;
            if (range != null) {
                headers.set("Content-Range", range.of(size));
            }
            if (range != null && range.length() == 0) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            ByteRange part = range == null ? new ByteRange(0, size) : range;
            start(exchange, range == null ? 200 : 206, part.length());
            if (!isHead(exchange)) {
                copy(channel, part, exchange.getResponseBody());
            }
        }
    }

    private static void copy(FileChannel file, ByteRange part, OutputStream body)
            throws IOException {
        var target = Channels.newChannel(body);
        long position = part.first();
        long end = part.first() + part.length();
        while (position < end) {
            long sent = file.transferTo(position, Math.min(end - position, 1 << 16), target);
            if (sent == 0) {
                throw new IOException("the file became shorter while it was sent");
            }
            position += sent;
        }
        body.close();
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void sendText(HttpExchange exchange, int code, String text) throws IOException {
        send(exchange, code, ContentTypes.of("answer.txt"), text + "\n");
    }

    private static void send(HttpExchange exchange, int code, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        start(exchange, code, bytes.length);
        if (!isHead(exchange)) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void start(HttpExchange exchange, int code, long length) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        if (String.valueOf(headers.getFirst("Content-Type")).startsWith("text/html")) {
            headers.set("Content-Security-Policy", POLICY);
        }
        if (isHead(exchange)) {
            headers.set("Content-Length", Long.toString(length));
        }
        // Zero would mean that the length is not known.
        exchange.sendResponseHeaders(code, isHead(exchange) || length == 0 ? -1 : length);
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }
}
