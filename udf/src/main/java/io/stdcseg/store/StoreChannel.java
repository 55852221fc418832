// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.util.function.SupplierWithException;

/**
 * Channel that reads a file of a store. The store is asked to move only where reading goes on
 * elsewhere: a position that nobody reads from costs no request. For one thread at a time.
 */
final class StoreChannel implements SeekableByteChannel {

    private static final long UNKNOWN = -1;

    private final FSDataInputStream in;
    private final SupplierWithException<Long, IOException> sizes;
    private byte[] chunk = new byte[0];
    private long size = UNKNOWN;
    private long position;
    private boolean closed;

    /**
     * @param in whole file, at its beginning; closed with the channel
     * @param sizes asks the store how long the file is; once, and not before it is needed
     */
    StoreChannel(FSDataInputStream in, SupplierWithException<Long, IOException> sizes) {
        this.in = in;
        this.sizes = sizes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (!target.hasRemaining()) {
            return 0;
        }
        if (in.getPos() != position) {
            if (position >= size()) {
                return -1;
            }
            in.seek(position);
        }
        int read;
        if (target.hasArray()) {
            read =
                    in.read(
                            target.array(),
                            target.arrayOffset() + target.position(),
                            target.remaining());
            target.position(target.position() + Math.max(0, read));
        } else {
            if (chunk.length < target.remaining()) {
                chunk = new byte[target.remaining()];
            }
            read = in.read(chunk, 0, target.remaining());
            target.put(chunk, 0, Math.max(0, read));
        }
        position += Math.max(0, read);
        return read;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition + "; from 0 is allowed");
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        if (size == UNKNOWN) {
            size = sizes.get();
        }
        return size;
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            in.close();
        }
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }
}
