package dev.gantry.contracts.event;

/** Texts cut to a length, never inside a character of two. */
final class Texts {
    private Texts() {}

    static String cut(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        boolean inside = Character.isHighSurrogate(text.charAt(chars - 1));
        return text.substring(0, inside ? chars - 1 : chars);
    }
}
