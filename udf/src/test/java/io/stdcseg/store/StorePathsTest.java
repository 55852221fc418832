// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import io.stdcseg.file.VisibleFiles;
import io.stdcseg.testing.FolderStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorePathsTest {

    @TempDir Path local;

    private Path stored;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(local.resolve("a/.hidden"));
        Files.writeString(local.resolve("a/one.txt"), "first");
        Files.writeString(local.resolve("a/zwei é #%.txt"), "second");
        Files.writeString(local.resolve("a/.hidden/three.txt"), "third");
        stored = FolderStore.of(local);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/a.mp4", "hdfs:///a", "abfs://c@account/a", "S3A://b"})
    void uriIsOfStore(String text) {
        assertThat(StorePaths.isStored(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "a.mp4", "C:\\a", "file:///a", "file:/a", "s3:a", "a b://c"})
    void everythingElseIsLocal(String text) {
        assertThat(StorePaths.isStored(text)).isFalse();
    }

    @Test
    void localTextIsLocalPath() {
        assertThat(StorePaths.path("/a/b")).isEqualTo(Path.of("/a/b"));
        assertThat(FileNames.isNative(StorePaths.path("/a/b"))).isTrue();
        assertThat(FileNames.isNative(stored)).isFalse();
    }

    @Test
    void schemeWithoutPluginIsRefusedInOneLine() {
        assertThatThrownBy(() -> StorePaths.path("gopher://host/a"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("'gopher://host/a': Flink has no file system for gopher")
                .hasMessageNotContaining("\n");
    }

    @Test
    void textOfPathIsItsUri() {
        Path path = stored.resolve("a").resolve("one.txt");

        assertThat(path.toString()).isEqualTo(FolderStore.text(local) + "/a/one.txt");
        assertThat(StorePaths.path(path.toString())).isEqualTo(path).hasSameHashCodeAs(path);
        assertThat(stored.resolve(path)).isEqualTo(path);
    }

    @Test
    void pathsAreTakenApart() {
        Path path = StorePaths.path("folder:///a/b/../c//d.png");

        assertThat(path.normalize().toString()).isEqualTo("folder:///a/c/d.png");
        assertThat(path.getFileName().toString()).isEqualTo("d.png");
        assertThat(path.getParent().normalize().toString()).isEqualTo("folder:///a/c");
        assertThat(path.getRoot().toString()).isEqualTo("folder:///");
        assertThat(path.getRoot().getParent()).isNull();
        assertThat(path.getRoot().getFileName()).isNull();
        assertThat(path.subpath(0, 2).toString()).isEqualTo("a/b");
        assertThat(path.startsWith(path.getParent())).isTrue();
        assertThat(path.getParent().startsWith(path)).isFalse();
        assertThat(path.endsWith("c/d.png")).isTrue();
        assertThat(path.endsWith("b/d.png")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a/b/c/d, c/d", "/a/b, /a/c, ../c", "/a, /a, ''", "/, /a/b, a/b"})
    void relativizeIsTheWayBack(String from, String to, String way) {
        Path base = StorePaths.path("folder://" + from);
        Path goal = StorePaths.path("folder://" + to);

        assertThat(base.relativize(goal).toString()).isEqualTo(way);
        assertThat(base.resolve(way).normalize()).isEqualTo(goal);
    }

    @Test
    void listsVisibleFilesBelow() throws IOException {
        assertThat(VisibleFiles.below(stored, file -> true))
                .map(file -> stored.relativize(file).toString())
                .containsExactlyInAnyOrder("a/one.txt", "a/zwei é #%.txt");
    }

    @Test
    void listingOfFileIsRefused() {
        assertThatThrownBy(() -> Files.list(stored.resolve("a/one.txt")))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void readsWhole() throws IOException {
        assertThat(Files.readString(stored.resolve("a/zwei é #%.txt"))).isEqualTo("second");
        assertThat(Files.size(stored.resolve("a/one.txt"))).isEqualTo(5);
        assertThat(Files.isDirectory(stored.resolve("a"))).isTrue();
        assertThat(Files.isRegularFile(stored.resolve("a"))).isFalse();
        assertThat(Files.getLastModifiedTime(stored.resolve("a/one.txt")).toMillis())
                .isEqualTo(Files.getLastModifiedTime(local.resolve("a/one.txt")).toMillis());
    }

    @Test
    void readsFromAnywhere() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(stored.resolve("a/one.txt"))) {
            assertThat(read(channel, 10)).isEqualTo("first");
            assertThat(read(channel, 10)).isEmpty();
            assertThat(read(channel.position(2), 2)).isEqualTo("rs");
            assertThat(channel.position()).isEqualTo(4);
            assertThat(read(channel.position(99), 2)).isEmpty();
            assertThat(read(channel.position(0), 1)).isEqualTo("f");
            assertThat(channel.size()).isEqualTo(5);
        }
    }

    private static String read(SeekableByteChannel channel, int bytes) throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes);
        int read = channel.read(direct);
        assertThat(direct.position()).isEqualTo(Math.max(0, read));
        byte[] content = new byte[Math.max(0, read)];
        direct.get(0, content);
        return new String(content, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNotThereIsSaidByItsName() {
        Path none = stored.resolve("none");

        assertThat(Files.exists(none)).isFalse();
        assertThatThrownBy(() -> Files.newByteChannel(none))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(none.toString());
        assertThatThrownBy(() -> Files.size(none)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.list(none)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void listingIsAskedOnceAndThenTheStore() throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(stored.resolve("a"), "one*")) {
            Path file = folder.iterator().next();
            Files.writeString(local.resolve("a/one.txt"), "longer than before");

            assertThat(Files.size(file)).isEqualTo(5);
            assertThat(Files.size(file)).isEqualTo(18);
        }
    }

    @Test
    void globsMatchAsLocally() {
        PathMatcher glob =
                stored.getFileSystem().getPathMatcher("glob:" + stored + "/*/o??.{txt,md}");

        assertThat(glob.matches(stored.resolve("a/one.txt"))).isTrue();
        assertThat(glob.matches(stored.resolve("a/b/one.txt"))).isFalse();
        assertThat(glob.matches(stored.resolve("a/one.png"))).isFalse();
    }

    @Test
    void nothingIsWrittenPieceByPiece() {
        assertThatThrownBy(() -> Files.writeString(stored.resolve("b"), "x"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("a file comes into a store whole");
        assertThat(local.resolve("b")).doesNotExist();
    }
}
