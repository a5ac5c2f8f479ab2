package org.reactortopology.job.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Starts processes from an archive of their classes, which is made once and takes jars only: hundreds of them would else load the same anew. */
final class QuickStart {

    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx128m", "-Xlog:disable");

    private final List<String> command = new ArrayList<>();

    /** Makes the archive in that directory by a run of the class to its end; where that cannot be, starts take longer. */
    QuickStart(Path directory, Class<?> main, String... arguments) throws IOException, InterruptedException {
        Path archive = directory.resolve("classes.jsa");
        List<String> plain = new ArrayList<>();
        plain.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        plain.addAll(OPTIONS);
        List<String> classes = List.of("-cp", jars(directory));
        List<String> first = new ArrayList<>(plain);
        first.add("-XX:ArchiveClassesAtExit=" + archive);
        first.addAll(classes);
        first.add(main.getName());
        first.addAll(List.of(arguments));
        Process writing = new ProcessBuilder(first)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("archive.log").toFile())
                .start();
        if (!writing.waitFor(60, TimeUnit.SECONDS)) {
            writing.destroyForcibly().waitFor();
        }
        command.addAll(plain);
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(classes);
    }

    /** The command that runs the class. */
    List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(1, options);
        all.add(main.getName());
        all.addAll(List.of(arguments));
        return all;
    }

    private static String jars(Path directory) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> jars = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = directory.resolve("classes-" + jars.size() + ".jar");
                pack(path, jar);
                jars.add(jar.toString());
            } else if (Files.exists(path)) {
                jars.add(entry);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
