package org.reactortopology.commandline.internal.command;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The job directory that most commands take first. */
final class DirectoryParameter {

    @Parameters(index = "0", paramLabel = "DIR", description = "The job directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path directory;
}
