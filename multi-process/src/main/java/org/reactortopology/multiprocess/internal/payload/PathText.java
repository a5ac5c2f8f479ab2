package org.reactortopology.multiprocess.internal.payload;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes paths as their text. Jackson's own way makes a relative path absolute, and the topology another one. */
final class PathText {

    private PathText() {}

    static JacksonModule module() {
        return new SimpleModule("paths as text")
                .addSerializer(Path.class, new Writer())
                .addDeserializer(Path.class, new Reader());
    }

    private static final class Writer extends StdSerializer<Path> {
        Writer() {
            super(Path.class);
        }

        @Override
        public void serialize(Path path, JsonGenerator out, SerializationContext context) {
            if (!path.getFileSystem().equals(FileSystems.getDefault())) {
                context.reportBadDefinition(
                        Path.class, "path " + path + " is not of the default file system, which is all a worker sees");
            }
            out.writeString(path.toString());
        }
    }

    private static final class Reader extends StdDeserializer<Path> {
        Reader() {
            super(Path.class);
        }

        @Override
        public Path deserialize(JsonParser in, DeserializationContext context) {
            return Path.of(in.getString());
        }
    }
}
