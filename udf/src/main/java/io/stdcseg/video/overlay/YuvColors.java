// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import org.bytedeco.ffmpeg.global.avutil;

/** Colours in YUV of one matrix and range; not rounded. */
final class YuvColors {

    private final double kr;
    private final double kb;
    private final double lumaScale;
    private final double chromaScale;
    private final double black;

    YuvColors(int matrix, boolean fullRange) {
        kr = kr(matrix);
        kb = kb(matrix);
        lumaScale = fullRange ? 1 : 219 / 255.0;
        chromaScale = fullRange ? 1 : 224 / 255.0;
        black = fullRange ? 0 : 16;
    }

    /** Luma of a colour of parts 0 to 255. */
    double luma(double red, double green, double blue) {
        return black + lumaScale * weighted(red, green, blue);
    }

    double blueChroma(double red, double green, double blue) {
        return 128 + chromaScale * (blue - weighted(red, green, blue)) / (2 * (1 - kb));
    }

    double redChroma(double red, double green, double blue) {
        return 128 + chromaScale * (red - weighted(red, green, blue)) / (2 * (1 - kr));
    }

    private double weighted(double red, double green, double blue) {
        return kr * red + (1 - kr - kb) * green + kb * blue;
    }

    /** Weight of red in luma; that of BT.601 where the matrix is no other. */
    private static double kr(int matrix) {
        return switch (matrix) {
            case avutil.AVCOL_SPC_BT709 -> 0.2126;
            case avutil.AVCOL_SPC_BT2020_NCL, avutil.AVCOL_SPC_BT2020_CL -> 0.2627;
            case avutil.AVCOL_SPC_FCC -> 0.30;
            case avutil.AVCOL_SPC_SMPTE240M -> 0.212;
            default -> 0.299;
        };
    }

    /** Weight of blue in luma. */
    private static double kb(int matrix) {
        return switch (matrix) {
            case avutil.AVCOL_SPC_BT709 -> 0.0722;
            case avutil.AVCOL_SPC_BT2020_NCL, avutil.AVCOL_SPC_BT2020_CL -> 0.0593;
            case avutil.AVCOL_SPC_FCC -> 0.11;
            case avutil.AVCOL_SPC_SMPTE240M -> 0.087;
            default -> 0.114;
        };
    }
}
