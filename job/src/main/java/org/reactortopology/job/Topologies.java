package org.reactortopology.job;

import java.lang.reflect.Type;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.job.internal.directory.Parameters;
import tools.jackson.databind.JsonNode;

/**
 * Topologies by the name of their factory, with parameters as JSON: as command lines give them and {@code job.json} keeps them.
 *
 * <p>The JSON of parameters: records by their components, paths as plain strings, durations and instants as ISO 8601, enums by name, empty
 * optionals as null.
 */
public final class Topologies {

    private Topologies() {}

    /**
     * The factory of that name, found by the context class loader of the calling thread. The class is not initialised.
     *
     * @throws JobException if there is no such class, or it is no {@link TopologyFactory}
     */
    public static Class<?> factory(String className) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            Class<?> found =
                    Class.forName(className, false, context == null ? Topologies.class.getClassLoader() : context);
            Parameters.typeOf(found); // refuses what is no factory
            return found;
        } catch (ClassNotFoundException | LinkageError e) {
            throw new JobException(
                    "the factory '" + className + "' cannot be loaded (" + e
                            + "): give the full name of a class on the class path, a nested one as 'Outer$Inner'",
                    e);
        }
    }

    /**
     * The type of the parameters that the factory takes: its type argument P.
     *
     * @throws JobException if the class is no factory
     */
    public static Type parameterType(Class<?> factory) {
        return Parameters.typeOf(factory);
    }

    /**
     * Builds the topology by its factory, so that it knows its origin and any executor can run it.
     *
     * @throws JobException if the parameters do not fit
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the parameters are of the type that the factory takes
    public static Topology<?> from(Class<?> factory, JsonNode params) {
        Object built = Parameters.fromTree(factory, params);
        return Topology.from((Class) factory, built);
    }

    /**
     * The JSON of parameters.
     *
     * @throws JobException if they hold what has no JSON
     */
    public static JsonNode json(Object params) {
        return Parameters.toTree(params);
    }
}
