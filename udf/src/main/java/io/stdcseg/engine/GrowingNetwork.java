// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.network.InputScale;

/**
 * Network for pictures of one size whose input grows to the largest batch that came. For one thread
 * at a time.
 */
final class GrowingNetwork implements AutoCloseable {

    private final CoarseNetwork.Prepared prepared;
    private final InputScale scale;
    private final PictureSize size;
    private CoarseNetwork network;
    private int mostPictures;

    /**
     * Nothing is in memory yet.
     *
     * @param prepared for inputs of the size that {@code scale} makes of the pictures
     */
    GrowingNetwork(CoarseNetwork.Prepared prepared, InputScale scale, PictureSize size) {
        this.prepared = prepared;
        this.scale = scale;
        this.size = size;
    }

    /**
     * The network, whose input has room for so many pictures.
     *
     * @throws io.stdcseg.error.InputException if memory has not
     */
    CoarseNetwork reserve(int pictures) {
        if (pictures > mostPictures) {
            InputMemory.HERE.require(scale, size, pictures);
            close();
            network = prepared.open(pictures);
            mostPictures = pictures;
        }
        return network;
    }

    /** Frees the input; what is prepared is not freed here. */
    @Override
    public void close() {
        if (network != null) {
            network.close();
            network = null;
            mostPictures = 0;
        }
    }
}
