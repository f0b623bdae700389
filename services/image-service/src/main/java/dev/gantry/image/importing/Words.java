package dev.gantry.image.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The words of a Dockerfile's line: parted by blanks, held together by quotes; quotes, escapes and variables are resolved per word. */
final class Words {
    private static final int MAX_WORD = 64 << 10;

    private Words() {}

    /** Words as written, quotes and all. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                add(words, word);
                continue;
            }
            word.append(c);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        add(words, word);
        return words;
    }

    private static void add(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /** A word's meaning: without its quotes, with the values of {@code $name} and {@code ${name}}; not inside single quotes. */
    static String resolve(String word, Map<String, String> variables) {
        StringBuilder meaning = new StringBuilder();
        char quote = 0;
        int i = 0;
        while (i < word.length()) {
            char c = word.charAt(i);
            if (c == '\'' && quote != '"') {
                quote = quote == 0 ? c : 0;
                i++;
            } else if (c == '"' && quote != '\'') {
                quote = quote == 0 ? c : 0;
                i++;
            } else if (c == '\\' && quote != '\'' && i + 1 < word.length()) {
                i = escape(word, i, quote, meaning);
            } else if (c == '$' && quote != '\'') {
                i = variable(word, i, variables, meaning);
            } else {
                meaning.append(c);
                i++;
            }
            if (meaning.length() > MAX_WORD) {
                throw new IllegalArgumentException("word is longer than " + MAX_WORD + " characters");
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("unexpected end of statement while looking for matching "
                    + (quote == '"' ? "double" : "single") + "-quote");
        }
        return meaning.toString();
    }

    /** Inside double quotes a backslash escapes only what is special there. */
    private static int escape(String word, int at, char quote, StringBuilder meaning) {
        char next = word.charAt(at + 1);
        if (quote == '"' && next != '"' && next != '$' && next != '\\') {
            meaning.append('\\');
        }
        meaning.append(next);
        return at + 2;
    }

    private static int variable(String word, int at, Map<String, String> variables, StringBuilder meaning) {
        boolean braced = at + 1 < word.length() && word.charAt(at + 1) == '{';
        int start = at + (braced ? 2 : 1);
        int end = start;
        while (end < word.length() && isName(word.charAt(end))) {
            end++;
        }
        if (braced && (end >= word.length() || word.charAt(end) != '}')) {
            throw new IllegalArgumentException("unsupported modifier in substitution: " + word);
        }
        if (end == start) {
            meaning.append('$');
            return start;
        }
        meaning.append(variables.getOrDefault(word.substring(start, end), ""));
        return braced ? end + 1 : end;
    }

    private static boolean isName(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
