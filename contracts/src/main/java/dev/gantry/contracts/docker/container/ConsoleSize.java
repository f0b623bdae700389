package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** The size of a terminal in characters; on the wire a list of two numbers, height first. */
public record ConsoleSize(int height, int width) {
    public static final ConsoleSize NONE = new ConsoleSize(0, 0);

    @JsonValue
    public List<Integer> toList() {
        return List.of(height, width);
    }
}
