package org.reactortopology.test;

import org.reactivestreams.Publisher;
import org.reactortopology.Keyed;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.WorkInterceptor;
import reactor.core.publisher.Mono;

/** Gives a work copies of its values, and watches what it does to them and to what it emits. */
final class StrictInterceptor implements WorkInterceptor {

    private final StrictChecks checks;

    StrictInterceptor(StrictChecks checks) {
        this.checks = checks;
    }

    @Override
    public Object around(Invocation call) throws Exception {
        Step.Role role = call.work().role();
        if (role == Step.Role.RECOVER) {
            return watched(call, call.proceed(call.argument()), () -> {});
        }
        String work = call.work().name();
        String key = call.item().key();
        boolean keyed = role == Step.Role.KEYED;
        checks.giveWay(work, key);
        Object value = keyed ? ((Keyed<?>) call.argument()).value() : call.argument();
        Object copy = checks.copy(value, "comes into work '" + work + "'", key);
        long before = checks.fingerprint(copy);
        String text = ValueText.of(copy);
        Object result = call.proceed(keyed ? new Keyed<>(key, copy) : copy);
        return watched(call, result, () -> checks.given(work, key, copy, before, text));
    }

    private Object watched(Invocation call, Object result, Runnable inputCheck) {
        if (call.deferred()) {
            return Mono.from((Publisher<?>) result).doOnNext(value -> watch(call, value, inputCheck));
        }
        if (result != null) { // the user's work may return it
            watch(call, result, inputCheck);
        }
        return result;
    }

    private void watch(Invocation call, Object result, Runnable inputCheck) {
        inputCheck.run();
        switch (call.work().role()) {
            case MAP, KEYED, RECOVER ->
                checks.emitted(call.work().name(), call.item().key(), result);
            default -> {}
        }
    }
}
