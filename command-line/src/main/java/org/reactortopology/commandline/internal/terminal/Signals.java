package org.reactortopology.commandline.internal.terminal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system, handled until this is closed; then what they did before is in force again. Shutdown hooks are no way to handle
 * them: they cannot keep the JVM alive, and all of them run at once, those that end child processes among them.
 *
 * <p>The JDK has no public means but {@code sun.misc.Signal}, of the module {@code jdk.unsupported}. It is called by reflection because the compiler
 * warns of every use and cannot be told not to.
 */
public final class Signals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /** What each signal did before, by the signal. */
    private final Map<Object, Object> before = new LinkedHashMap<>();

    private Signals() {}

    /**
     * Gives the name of each signal that comes, of those named, to the handler, on a thread of that signal's own. A signal that this platform or JVM does
     * not hand out stays as it is.
     *
     * @param names without {@code SIG}
     */
    public static Signals handle(Consumer<String> handler, String... names) {
        Signals signals = new Signals();
        for (String name : names) {
            try {
                signals.handle(handler, name);
            } catch (InvocationTargetException e) {
                LOG.debug("signal {} cannot be handled here", name, e.getCause());
            } catch (ReflectiveOperationException e) {
                LOG.debug("this JDK has no means to handle signals", e);
            }
        }
        return signals;
    }

    private void handle(Consumer<String> handler, String name) throws ReflectiveOperationException {
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        InvocationHandler invoked = (proxy, method, arguments) -> switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "handler of SIG" + name;
            default -> {
                handler.accept(name);
                yield Void.TYPE; // ignored: the method is void
            }
        };
        Object proxy = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, invoked);
        Class<?> type = Class.forName("sun.misc.Signal");
        Object signal = type.getConstructor(String.class).newInstance(name);
        before.put(signal, setter().invoke(null, signal, proxy));
    }

    @Override
    public void close() {
        before.forEach((signal, handler) -> {
            try {
                setter().invoke(null, signal, handler);
            } catch (ReflectiveOperationException e) {
                LOG.warn("{} stays handled by a run that is over", signal, e);
            }
        });
        before.clear();
    }

    private static Method setter() throws ReflectiveOperationException {
        return Class.forName("sun.misc.Signal")
                .getMethod("handle", Class.forName("sun.misc.Signal"), Class.forName("sun.misc.SignalHandler"));
    }
}
