package org.reactortopology.benchmarks.harness;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was measured.
 *
 * @param java version and maker of the JDK
 * @param product version of the product, from the name of its jar
 * @param commit of the sources, with a {@code +} if they were changed since; null if unknown
 */
public record Versions(
        String java, String product, @Nullable String commit) {

    private static final Pattern JAR = Pattern.compile("[/\\\\]reactor-topology-(\\d[^/\\\\]*)\\.jar");

    /** Those of this JVM. */
    public static Versions here(@Nullable String commit) {
        Matcher jar = JAR.matcher(System.getProperty("java.class.path"));
        return new Versions(
                Runtime.version() + " " + System.getProperty("java.vendor"), jar.find() ? jar.group(1) : "?", commit);
    }

    @Override
    public String toString() {
        return "Java " + java + ", reactor-topology " + product + (commit == null ? "" : " at " + commit);
    }
}
