// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * ImageIO's input from a channel, which it owns. Knows its length, by which readers tell what is
 * torn; the JDK's inputs from streams do not.
 */
final class ChannelImageInput extends ImageInputStreamImpl {

    private final SeekableByteChannel channel;

    ChannelImageInput(SeekableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int bytes) throws IOException {
        checkClosed();
        bitOffset = 0;
        int read = channel.position(streamPos).read(ByteBuffer.wrap(target, offset, bytes));
        streamPos += Math.max(0, read);
        return read;
    }

    @Override
    public long length() {
        try {
            return channel.size();
        } catch (IOException e) {
            return -1; // unknown
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        channel.close();
    }
}
