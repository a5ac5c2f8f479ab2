package org.reactortopology.internal.engine;

import java.util.List;
import org.reactortopology.WorkFunction;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.WorkInterceptor;

/**
 * A call of a work with what interceptors it has yet to pass.
 *
 * @param inner how many interceptors stand within; the last one added is the outermost
 * @param innermost the work itself
 */
record Invoked(Step.WorkStep work, Item item, Object argument, int inner, WorkFunction<Object, ?> innermost)
        implements WorkInterceptor.Invocation {

    @Override
    public Object proceed(Object given) throws Exception {
        return pass(work, item, given, inner, innermost);
    }

    static Object pass(Step.WorkStep work, Item item, Object argument, int left, WorkFunction<Object, ?> innermost)
            throws Exception {
        if (left == 0) {
            return innermost.apply(argument);
        }
        List<WorkInterceptor> interceptors = work.interceptors();
        return interceptors.get(left - 1).around(new Invoked(work, item, argument, left - 1, innermost));
    }
}
