// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeCacheTest {

    private final List<Integer> made = new ArrayList<>();
    private final List<Integer> freed = new ArrayList<>();
    private final SizeCache<SizeCache.Kept> sizes =
            new SizeCache<>(
                    shape -> {
                        made.add(shape.size().height());
                        return () -> freed.add(shape.size().height());
                    });

    @Test
    void whatWasMadeServesAgain() {
        use(1);
        use(2);
        use(1);

        assertThat(made).containsExactly(1, 2);
        assertThat(freed).isEmpty();
    }

    @Test
    void theSizeUsedLongestAgoIsFreed() {
        use(1, 2, 3, 4, 1, 5);

        assertThat(freed).containsExactly(2);
        use(2);
        assertThat(made).containsExactly(1, 2, 3, 4, 5, 2);
    }

    @Test
    void whatIsInUseIsNotFreed() {
        sizes.use(size(1), one -> use(2, 3, 4, 5, 6));

        assertThat(freed).containsExactly(2, 3);
    }

    @Test
    void anErrorGivesBackToo() {
        assertThatThrownBy(
                        () ->
                                sizes.use(
                                        size(1),
                                        one -> {
                                            throw new IllegalStateException("broken");
                                        }))
                .hasMessage("broken");

        use(2, 3, 4, 5);
        assertThat(freed).containsExactly(1);
    }

    @Test
    void closingFreesAll() {
        use(1, 2);

        sizes.close();

        assertThat(freed).containsExactlyInAnyOrder(1, 2);
    }

    private void use(int... heights) {
        for (int height : heights) {
            sizes.use(size(height), one -> {});
        }
    }

    private static RequestShape size(int height) {
        return new RequestShape(new PictureSize(height, 10), null, false);
    }
}
