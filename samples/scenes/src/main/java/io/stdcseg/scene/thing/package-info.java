// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What all things of a street have in common: how they are built, their classes and their colours.
 */
package io.stdcseg.scene.thing;
