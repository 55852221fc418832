// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.error.InputException;
import io.stdcseg.tensor.FileErrors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Stack and marks of a pickle machine; popping past the last mark is refused. */
final class PickleStack {

    private final FileErrors errors;
    private final List<Object> values = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();

    PickleStack(FileErrors errors) {
        this.errors = errors;
    }

    void push(Object value) {
        values.add(value);
    }

    void mark() {
        marks.push(values.size());
    }

    Object peek() {
        return values.get(startOf(1));
    }

    Object pop() {
        return values.remove(startOf(1));
    }

    /** The last {@code count} values in the order they came. */
    List<Object> popLast(int count) {
        return popFrom(startOf(count));
    }

    /** Everything since the last mark, which goes as well. */
    List<Object> popToMark() {
        if (marks.isEmpty()) {
            throw damaged();
        }
        return popFrom(marks.pop());
    }

    /** Appends to the list on top. */
    void append(List<Object> items) {
        @SuppressWarnings("unchecked") // lists on this stack hold any values
        List<Object> list = (List<Object>) as(List.class, peek());
        list.addAll(items);
    }

    /** Puts alternating keys and values into the dictionary on top. */
    void setItems(List<Object> items) {
        @SuppressWarnings("unchecked") // dictionaries on this stack hold any values
        Map<Object, Object> dict = (Map<Object, Object>) as(Map.class, peek());
        if (items.size() % 2 != 0) {
            throw damaged();
        }
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (!mayBeKey(key)) {
                throw errors.because("a dictionary in its pickle has a list as key");
            }
            dict.put(key, items.get(i + 1));
        }
    }

    /** The value, which must be of that type. */
    <T> T as(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw damaged();
        }
        return type.cast(value);
    }

    /** Whether hashing the value cannot run in circles. */
    static boolean mayBeKey(Object key) {
        return !(key instanceof List || key instanceof Map);
    }

    private List<Object> popFrom(int start) {
        List<Object> top = values.subList(start, values.size());
        List<Object> items = new ArrayList<>(top);
        top.clear();
        return items;
    }

    private int startOf(int count) {
        int start = values.size() - count;
        if (start < (marks.isEmpty() ? 0 : marks.peek())) {
            throw damaged();
        }
        return start;
    }

    private InputException damaged() {
        return errors.because("its pickle is damaged");
    }
}
