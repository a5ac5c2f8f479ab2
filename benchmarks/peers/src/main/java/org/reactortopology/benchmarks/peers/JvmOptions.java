package org.reactortopology.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the JVM of a subject is started with. */
final class JvmOptions {

    /** The heap is the same for all, and large enough that none of them lacks any. */
    private static final List<String> ALL = List.of("-Xms2g", "-Xmx2g");

    /** What Hazelcast asks for with a warning when it starts without. */
    private static final List<String> JET = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    /** As {@code env.java.opts.all} of <a href="https://github.com/apache/flink/blob/master/flink-dist/src/main/resources/config.yaml">its configuration</a>, without the compiler. */
    private static final List<String> FLINK = Stream.concat(
                    Stream.of(
                            "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                            "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED"),
                    Stream.of(
                                    "java.lang",
                                    "java.net",
                                    "java.io",
                                    "java.nio",
                                    "sun.nio.ch",
                                    "java.lang.reflect",
                                    "java.text",
                                    "java.time",
                                    "java.util",
                                    "java.util.concurrent",
                                    "java.util.concurrent.atomic",
                                    "java.util.concurrent.locks")
                            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"))
            .toList();

    private JvmOptions() {}

    static List<String> of(Peer.Engine engine) {
        List<String> options = new ArrayList<>(ALL);
        if (engine == Peer.Engine.JET) {
            options.addAll(JET);
        } else if (engine == Peer.Engine.FLINK) {
            options.addAll(FLINK);
        }
        return options;
    }
}
