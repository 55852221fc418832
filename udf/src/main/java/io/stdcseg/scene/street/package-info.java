// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What stands and moves in a street: things, the materials they show, and where they are put.
 *
 * <p>Places are given in street coordinates: s metres along the centre line, t metres to the right
 * of it. Traffic drives on the left.
 */
package io.stdcseg.scene.street;
