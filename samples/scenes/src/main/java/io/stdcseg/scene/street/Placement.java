// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.thing.Thing;

/**
 * A thing at a place of the street.
 *
 * @param s metres along the street
 * @param t metres to the right of its centre line
 * @param turn radians to the right, from facing along the street
 */
record Placement(Thing thing, double s, double t, double turn) {}
