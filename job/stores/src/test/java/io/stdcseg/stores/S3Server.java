// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.stores;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;

/** S3 server in this JVM, which keeps one bucket in memory and wants to know who asks. */
public final class S3Server implements AutoCloseable {

    /** The bucket that there is. */
    static final String BUCKET = "bucket";

    private static final String ACCESS_KEY = "access";
    private static final String SECRET_KEY = "secret";

    private final BlobStoreContext context;
    private final BlobStore objects;
    private final S3Proxy server;

    public S3Server() throws Exception {
        context =
                ContextBuilder.newBuilder(new TransientApiMetadata())
                        .credentials(ACCESS_KEY, SECRET_KEY)
                        .build(BlobStoreContext.class);
        objects = context.getBlobStore();
        objects.createContainerInLocation(null, BUCKET);
        server =
                S3Proxy.builder()
                        .blobStore(objects)
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                        .build();
        server.start();
    }

    /** What Flink has to be told to find the server, as {@code config.yaml} has it. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("s3.endpoint", "http://127.0.0.1:" + server.getPort());
        settings.put("s3.path.style.access", "true");
        settings.put("s3.access-key", ACCESS_KEY);
        settings.put("s3.secret-key", SECRET_KEY);
        return settings;
    }

    /** How a key is written as a source. */
    public static String uri(String key) {
        return "s3://" + BUCKET + "/" + key;
    }

    /** Puts a file, or all files of a folder, under a key. */
    void put(String key, Path local) throws IOException {
        try (Stream<Path> files = Files.walk(local)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String below = local.relativize(file).toString();
                put(below.isEmpty() ? key : key + "/" + below, Files.readAllBytes(file));
            }
        }
    }

    private void put(String key, byte[] content) {
        objects.putBlob(
                BUCKET,
                objects.blobBuilder(key).payload(content).contentLength(content.length).build());
    }

    /** Gets all that lies under a key. */
    void get(String key, Path local) throws IOException {
        for (String name : keys()) {
            if (name.startsWith(key + "/") && !name.endsWith("/")) {
                Path file = local.resolve(name.substring(key.length() + 1));
                Files.createDirectories(file.getParent());
                try (InputStream content =
                        objects.getBlob(BUCKET, name).getPayload().openStream()) {
                    Files.copy(content, file);
                }
            }
        }
    }

    /**
     * All keys that there are, sorted. Uploads that were begun by a process that was killed are
     * none, but the server's notes of them lie among its objects.
     */
    List<String> keys() {
        return objects
                .list(
                        BUCKET,
                        org.jclouds.blobstore.options.ListContainerOptions.Builder.recursive())
                .stream()
                .map(org.jclouds.blobstore.domain.StorageMetadata::getName)
                .filter(key -> !key.startsWith(".mpus-"))
                .sorted()
                .toList();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        context.close();
    }
}
