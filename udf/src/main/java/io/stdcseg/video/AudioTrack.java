// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

/** A track of sound. */
interface AudioTrack extends Track {

    /** Of the sound that came so far, whether it was left out or not. */
    SoundExtent extent();
}
