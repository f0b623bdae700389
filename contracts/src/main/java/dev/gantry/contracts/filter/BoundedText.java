package dev.gantry.contracts.filter;

/**
 * A text that a stranger's regular expression may look at only so many times. Go's expressions run in linear time, Java's may
 * take for ever: after the budget the text answers as if the expression did not match, by an exception that ends the search.
 */
final class BoundedText implements CharSequence {
    private static final int BUDGET = 200_000;
    private final CharSequence text;
    private final int[] left;

    BoundedText(CharSequence text) {
        this(text, new int[] {BUDGET});
    }

    private BoundedText(CharSequence text, int[] left) {
        this.text = text;
        this.left = left;
    }

    /** The search took too many steps. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("the expression takes too long", null, false, false);
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (left[0]-- <= 0) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
