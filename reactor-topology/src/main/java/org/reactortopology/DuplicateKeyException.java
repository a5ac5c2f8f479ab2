package org.reactortopology;

/** The source emitted a key twice; keys name outcomes, so each must be unique in its source. */
public final class DuplicateKeyException extends TopologyException {

    private static final long serialVersionUID = 1L;

    private final String key;

    /** The key was seen at both indexes of that source. */
    public DuplicateKeyException(String source, String key, long firstIndex, long secondIndex) {
        super("source '" + source + "' emitted the key '" + key + "' twice, at index " + firstIndex + " and at index "
                + secondIndex
                + ": every key must be unique in its source; make the key function tell these items apart");
        this.key = key;
    }

    /** The key that was seen twice. */
    public String key() {
        return key;
    }
}
