// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Precision;
import java.util.Locale;

/** Where an archive is meant to run. */
public enum ArtefactTarget {
    /** Operations that every libtorch of 1.13 or later has, on any device. */
    ANY,
    /**
     * x86 processors: convolutions with their activation in one oneDNN call, on weights packed for
     * the maps at hand. About a fifth faster in bfloat16. Needs libtorch 2, of the version at hand
     * for {@link Precision#INT8}.
     */
    X86;

    /** Where archives of this precision can run at all. */
    static ArtefactTarget widest(Precision precision) {
        return precision == Precision.INT8 ? X86 : ANY;
    }

    /** The fastest that runs on this machine's processor. */
    public static ArtefactTarget ofThisCpu() {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64");
        return x86 && !system.startsWith("mac") ? X86 : ANY;
    }
}
