// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeResourcesTest {

    @Test
    void freesInTheOppositeOrderAndOnce() {
        List<String> freed = new ArrayList<>();
        NativeResources resources = new NativeResources();
        resources.add("file", freed::add);
        resources.add("codec", freed::add);

        resources.close();
        resources.close();

        assertThat(freed).containsExactly("codec", "file");
    }
}
