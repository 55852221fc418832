// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

/** The program of an archive. */
interface ModuleProgram {

    /** Name of the class. */
    String CLASS = "StdcSeg";

    /** The class. */
    String text();

    /** The tensors that the class mentions. */
    ModuleConstants constants();
}
