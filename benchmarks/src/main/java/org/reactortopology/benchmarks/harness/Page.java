package org.reactortopology.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of documentation whose figures stand between markers, so that nobody types them: {@code <!-- results:SUITE -->} or
 * {@code <!-- results:SUITE LOAD -->} for the loads whose names begin so, and {@code <!-- /results -->}.
 */
public final class Page {

    private static final Pattern BEGIN = Pattern.compile("<!-- results:([a-z0-9-]+)( [^>]*)? -->");
    private static final String END = "<!-- /results -->";

    private Page() {}

    /**
     * The page with everything between the markers of the given suites replaced by what they gave; the others stay as they are.
     *
     * @param pictures where the pictures are, seen from the page, such as {@code performance}
     * @throws IllegalArgumentException if a marker is not closed, or closed without having been opened
     */
    public static String fill(String page, Map<String, Results> bySuite, String pictures) {
        StringBuilder filled = new StringBuilder();
        boolean within = false;
        boolean keep = true;
        for (String line : page.lines().toList()) {
            Matcher begin = BEGIN.matcher(line);
            if (begin.matches()) {
                refuse(within, "a marker within the section of another: " + line);
                within = true;
                Results results = bySuite.get(begin.group(1));
                keep = results == null;
                filled.append(line).append('\n');
                if (results != null) {
                    String loads = begin.group(2) == null ? "" : begin.group(2).strip();
                    filled.append('\n')
                            .append(Report.markdown(results, loads))
                            .append(pictures(results, loads, pictures))
                            .append('\n');
                }
                continue;
            }
            if (line.equals(END)) {
                refuse(!within, "a marker that ends nothing");
                within = false;
                keep = true;
            }
            if (keep) {
                filled.append(line).append('\n');
            }
        }
        refuse(within, "the last section is not closed with " + END);
        return filled.toString();
    }

    /** Lines of tables that stand outside of all sections. */
    public static List<String> tablesOutside(String page) {
        List<String> outside = new ArrayList<>();
        boolean within = false;
        for (String line : page.lines().toList()) {
            within = BEGIN.matcher(line).matches() || (within && !line.equals(END));
            if (!within && line.startsWith("|")) {
                outside.add(line);
            }
        }
        return outside;
    }

    private static String pictures(Results results, String loads, String directory) {
        StringBuilder text = new StringBuilder();
        for (Plots.Picture picture : Plots.principal(results)) {
            if (picture.load().startsWith(loads)) {
                text.append("\n![")
                        .append(picture.load())
                        .append("](")
                        .append(directory)
                        .append('/');
                text.append(picture.fileName(results.suite())).append(")\n");
            }
        }
        return text.toString();
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new IllegalArgumentException(why);
        }
    }
}
