package org.reactortopology.job.internal.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * JSON texts of the ledger. What is absent is empty, and what is no JSON is as if it were absent: a reader must be able to tell the rest of a job whose
 * ledger another version wrote.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final JsonNode node;

    private Json(JsonNode node) {
        this.node = node;
    }

    /** What that text holds. */
    public static Json of(@Nullable String text) {
        if (text == null) {
            return new Json(MissingNode.getInstance());
        }
        try {
            return new Json(MAPPER.readTree(text));
        } catch (JacksonException e) {
            return new Json(MissingNode.getInstance());
        }
    }

    /** A member. */
    public Json at(String name) {
        return new Json(node.path(name));
    }

    /** The text of a member, or of a number. */
    public Optional<String> text(String name) {
        JsonNode member = node.path(name);
        return member.isValueNode() && !member.isNull() ? Optional.of(member.asString()) : Optional.empty();
    }

    /** The text of a member; empty if it is absent. */
    public String textOrEmpty(String name) {
        return text(name).orElse("");
    }

    /** A number. */
    public OptionalLong number(String name) {
        JsonNode member = node.path(name);
        return member.isNumber() ? OptionalLong.of(member.asLong()) : OptionalLong.empty();
    }

    /** A number; 0 if it is absent. */
    public long count(String name) {
        return number(name).orElse(0);
    }

    /** The elements of a member that is a list. */
    public List<Json> list(String name) {
        List<Json> elements = new ArrayList<>();
        node.path(name).forEach(each -> elements.add(new Json(each)));
        return elements;
    }

    /** This list's texts. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        node.forEach(each -> texts.add(each.asString()));
        return texts;
    }

    /** Whether there is anything. */
    public boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }
}
