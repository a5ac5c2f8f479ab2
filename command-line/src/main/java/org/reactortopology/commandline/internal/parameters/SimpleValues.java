package org.reactortopology.commandline.internal.parameters;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values that are one word on a command line. */
final class SimpleValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|min|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Set<String> BOXES =
            Set.of("Integer", "Long", "Short", "Byte", "Float", "Double", "Boolean", "Character");

    private SimpleValues() {}

    /** The JSON of a text that is to become a value of that class. */
    static JsonNode parse(Class<?> type, String text) {
        String name = boxed(type);
        if (type.isEnum()) {
            return NODES.stringNode(constant(type, text));
        } else if (BOXES.contains(name) || type == BigInteger.class || type == BigDecimal.class) {
            return number(name, text);
        } else if (type == Duration.class) {
            return NODES.stringNode(duration(text).toString());
        } else if (type == Path.class) {
            return NODES.stringNode(path(text));
        }
        return NODES.stringNode(text); // its class reads it from a string, or refuses it
    }

    private static JsonNode number(String name, String text) {
        return switch (name) {
            case "Integer" ->
                read(
                        text,
                        "a whole number from -2147483648 to 2147483647",
                        digits -> NODES.numberNode(Integer.parseInt(digits)));
            case "Long" ->
                read(text, "a whole number from -2^63 to 2^63-1", digits -> NODES.numberNode(Long.parseLong(digits)));
            case "Short" ->
                read(text, "a whole number from -32768 to 32767", digits -> NODES.numberNode(Short.parseShort(digits)));
            case "Byte" ->
                read(text, "a whole number from -128 to 127", digits -> NODES.numberNode(Byte.parseByte(digits)));
            case "BigInteger" -> read(text, "a whole number", digits -> NODES.numberNode(new BigInteger(digits)));
            case "Float" -> read(text, "a number", digits -> NODES.numberNode(Float.parseFloat(digits)));
            case "Double" -> read(text, "a number", digits -> NODES.numberNode(Double.parseDouble(digits)));
            case "BigDecimal" -> read(text, "a number", digits -> NODES.numberNode(new BigDecimal(digits)));
            case "Boolean" -> NODES.booleanNode(bool(text));
            default -> NODES.stringNode(text);
        };
    }

    private static JsonNode read(String text, String what, Function<String, JsonNode> parse) {
        try {
            return parse.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new ParameterException("is '" + text + "': give " + what);
        }
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new ParameterException("is '" + text + "': give true or false");
        };
    }

    private static String constant(Class<?> type, String text) {
        Object[] constants = Objects.requireNonNull(type.getEnumConstants());
        String asked = text.strip().replace('-', '_');
        return Arrays.stream(constants)
                .map(constant -> ((Enum<?>) constant).name())
                .filter(name -> name.equalsIgnoreCase(asked))
                .findFirst()
                .orElseThrow(() -> new ParameterException("is '" + text + "': give one of "
                        + Arrays.stream(constants)
                                .map(constant -> ((Enum<?>) constant)
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'))
                                .collect(Collectors.joining(", "))));
    }

    private static Duration duration(String text) {
        Matcher brief = SHORT_DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        try {
            if (brief.matches()) {
                BigDecimal millis = new BigDecimal(brief.group(1))
                        .multiply(BigDecimal.valueOf(Objects.requireNonNull(MILLIS.get(brief.group(2)))));
                return Duration.ofNanos(millis.movePointRight(6).longValueExact());
            }
            return Duration.parse(text.strip());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new ParameterException("is '" + text + "': give a time such as 500ms, 30s, 5m, 2h or PT1H30M");
        }
    }

    private static String path(String text) {
        try {
            return Path.of(text).toString();
        } catch (InvalidPathException e) {
            throw new ParameterException("is '" + text + "', which is no path here: " + e.getReason());
        }
    }

    private static String boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType().getSimpleName();
    }
}
