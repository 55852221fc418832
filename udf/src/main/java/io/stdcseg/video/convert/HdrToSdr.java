// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Tone mapping of HDR to SDR.
 *
 * <p>Pictures in PQ or HLG (HDR10, phones) become what a display of BT.709 shows: the light of each
 * pixel by the transfer's definition (ITU-R BT.2100), its luminance compressed from {@value
 * #SOURCE_PEAK} to {@value #WHITE} cd/m² by the curve of ITU-R BT.2390, its colour from BT.2020 to
 * BT.709, and back to code values by the gamma of BT.1886.
 *
 * <p>{@value #WHITE} cd/m² is diffuse white in HDR (ITU-R BT.2408) and becomes white here, so that
 * up to half of that light a picture is what it would be in SDR. Functions are tables; owned by one
 * thread at a time.
 */
final class HdrToSdr {

    /** Diffuse white, in cd/m². */
    static final double WHITE = 203;

    /** Brightest light that is told apart, in cd/m². */
    static final double SOURCE_PEAK = 1000;

    private static final double DISPLAY_GAMMA = 2.4;
    private static final double HLG_SYSTEM_GAMMA = 1.2;

    /** BT.2020's luminance of red, green and blue. */
    private static final float[] BT2020_LUMINANCE = {0.2627f, 0.6780f, 0.0593f};

    private static final float[] BT709_LUMINANCE = {0.2126f, 0.7152f, 0.0722f};

    private static final float[] BT2020_TO_BT709 = {
        1.6605f, -0.5876f, -0.0728f, -0.1246f, 1.1329f, -0.0083f, -0.0182f, -0.1006f, 1.1187f
    };

    private static final float[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    /** Of 16 bits of a sample, those that a table is entered with. */
    private static final int SAMPLE_SHIFT = 4;

    /** Of a float's bits, those that a table is entered with: sign, exponent, 8 of the mantissa. */
    private static final int FLOAT_SHIFT = 15;

    private static final int RGB = 3;

    private final int transfer;
    private final float[] luminance;
    private final float[] toBt709;

    /** Light of a sample; in cd/m² for PQ, of the scene from 0 to 1 for HLG. */
    private final float[] light = new float[1 << (16 - SAMPLE_SHIFT)];

    /** By luminance of that light: what makes the display's light of it, white being 1. */
    private final float[] gain;

    /** By light on the display: the 8-bit code value. */
    private final byte[] code = new byte[tableEntry(1) + 1];

    private short[] samples = new short[0];
    private byte[] row = new byte[0];

    /**
     * @param transfer {@link #isHdr}
     * @param primaries of the pictures; other than those of BT.709 are taken for BT.2020's
     */
    HdrToSdr(int transfer, int primaries) {
        boolean wide = primaries != avutil.AVCOL_PRI_BT709;
        this.transfer = transfer;
        this.luminance = wide ? BT2020_LUMINANCE : BT709_LUMINANCE;
        this.toBt709 = wide ? BT2020_TO_BT709 : IDENTITY;
        for (int i = 0; i < light.length; i++) {
            double sample = i / (light.length - 1.0);
            light[i] = (float) (isPq() ? pqEotf(sample) : hlgInverseOetf(sample));
        }
        gain = new float[tableEntry(isPq() ? 10_000 : 1) + 2];
        for (int i = 0; i < gain.length; i++) {
            double y = tableValue(i);
            double shown = isPq() ? y : SOURCE_PEAK * Math.pow(y, HLG_SYSTEM_GAMMA);
            gain[i] = (float) (y > 0 ? bt2390Eetf(shown) / WHITE / y : 0);
        }
        for (int i = 0; i < code.length; i++) {
            double shown = Math.min(1, tableValue(i));
            code[i] = (byte) Math.round(255 * Math.pow(shown, 1 / DISPLAY_GAMMA));
        }
    }

    /** Whether a transfer is one of those that are mapped. */
    static boolean isHdr(int transfer) {
        return transfer == avutil.AVCOL_TRC_SMPTE2084 || transfer == avutil.AVCOL_TRC_ARIB_STD_B67;
    }

    /** Whether this maps pictures like that one. */
    boolean isFor(int otherTransfer, int primaries) {
        boolean wide = primaries != avutil.AVCOL_PRI_BT709;
        return transfer == otherTransfer && wide == (luminance == BT2020_LUMINANCE);
    }

    /**
     * @param from RGB of 16 bits in the machine's byte order
     * @param to RGB of 8 bits, of the same size
     */
    void map(AVFrame from, AVFrame to) {
        int samplesOfRow = RGB * from.width();
        if (row.length != samplesOfRow) {
            samples = new short[samplesOfRow];
            row = new byte[samplesOfRow];
        }
        ShortPointer source = new ShortPointer(from.data(0));
        for (int y = 0; y < from.height(); y++) {
            source.position((long) y * from.linesize(0) / Short.BYTES).get(samples);
            mapRow();
            to.data(0).position((long) y * to.linesize(0)).put(row);
        }
    }

    private void mapRow() {
        float[] matrix = toBt709;
        for (int i = 0; i < row.length; i += RGB) {
            float red = light[(samples[i] & 0xffff) >> SAMPLE_SHIFT];
            float green = light[(samples[i + 1] & 0xffff) >> SAMPLE_SHIFT];
            float blue = light[(samples[i + 2] & 0xffff) >> SAMPLE_SHIFT];
            float y = luminance[0] * red + luminance[1] * green + luminance[2] * blue;
            float by = gain[tableEntry(y)];
            row[i] = code(by * (matrix[0] * red + matrix[1] * green + matrix[2] * blue));
            row[i + 1] = code(by * (matrix[3] * red + matrix[4] * green + matrix[5] * blue));
            row[i + 2] = code(by * (matrix[6] * red + matrix[7] * green + matrix[8] * blue));
        }
    }

    private byte code(float shown) {
        return code[tableEntry(Math.max(0, Math.min(1, shown)))];
    }

    /** Where a table by floats has a value: as many entries for each power of two. */
    private static int tableEntry(float value) {
        return Float.floatToRawIntBits(value) >>> FLOAT_SHIFT;
    }

    /** The middle of the values that have the same entry. */
    private static double tableValue(int entry) {
        if (entry == 0) {
            return 0;
        }
        return Float.intBitsToFloat((entry << FLOAT_SHIFT) + (1 << (FLOAT_SHIFT - 1)));
    }

    private boolean isPq() {
        return transfer == avutil.AVCOL_TRC_SMPTE2084;
    }

    /** BT.2390's EETF for luminance in cd/m²; works on PQ's code values. */
    private static double bt2390Eetf(double shown) {
        double peak = pqInverseEotf(SOURCE_PEAK);
        double most = pqInverseEotf(WHITE) / peak;
        double e = Math.min(1, pqInverseEotf(shown) / peak);
        double knee = 1.5 * most - 0.5;
        if (e > knee) {
            double t = (e - knee) / (1 - knee);
            double t2 = t * t;
            double t3 = t2 * t;
            e =
                    (2 * t3 - 3 * t2 + 1) * knee
                            + (t3 - 2 * t2 + t) * (1 - knee)
                            + (-2 * t3 + 3 * t2) * most;
        }
        return pqEotf(e * peak);
    }

    /** PQ's EOTF: 0 to 1 become 0 to 10,000 cd/m². */
    private static double pqEotf(double sample) {
        double power = Math.pow(sample, 32 / 2523.0);
        double quotient = Math.max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power);
        return 10_000 * Math.pow(quotient, 8192 / 1305.0);
    }

    /** PQ's inverse EOTF. */
    private static double pqInverseEotf(double light) {
        double power = Math.pow(light / 10_000, 1305 / 8192.0);
        return Math.pow((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power), 2523 / 32.0);
    }

    /** HLG's inverse OETF: 0 to 1 become light of the scene from 0 to 1. */
    private static double hlgInverseOetf(double sample) {
        double a = 0.17883277;
        double b = 1 - 4 * a;
        double c = 0.5 - a * Math.log(4 * a);
        return sample <= 0.5 ? sample * sample / 3 : (Math.exp((sample - c) / a) + b) / 12;
    }
}
