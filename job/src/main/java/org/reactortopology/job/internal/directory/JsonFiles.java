package org.reactortopology.job.internal.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.reactortopology.AtomicFiles;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON files for people and programs. */
public final class JsonFiles {

    /** Writes trees, maps, lists, texts and numbers. */
    public static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonMapper LINE = JsonMapper.builder().build();

    private JsonFiles() {}

    /** One line, as the ledger has it. */
    public static String line(Object value) {
        return LINE.writeValueAsString(value);
    }

    /** Writes the file whole or not at all. */
    public static void write(Path file, Object value) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(value);
        AtomicFiles.write(file, temporary -> Files.write(temporary, bytes));
    }
}
