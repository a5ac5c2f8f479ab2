package org.reactortopology.examples.piv;

import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.examples.piv.correlation.Correlator;
import org.reactortopology.examples.piv.output.FieldStore;
import org.reactortopology.examples.piv.output.InterrogationSettings;

/** From pairs of image files to velocity fields and pictures on disk; the big arrays never leave the worker. */
public final class PivTopology implements TopologyFactory<PivParams, PivResult> {

    @Override
    public Topology<PivResult> create(PivParams params) {
        Correlator correlator = new Correlator(params.settings());
        FieldStore store = store(params);
        Stage<MeasuredPair> measured = Topology.named("piv")
                .types(PivResult.class)
                .stopOnFailure(params.stopOnFailure())
                .source("pairs", params.pairs())
                .map("read", io(PairFiles::read))
                .map("decode", cpu(ImagePair::decode))
                .map("correlate", cpu((ImagePair images) -> MeasuredPair.measure(correlator, images)));
        Stage<PivResult> saved = params.pictures()
                ? measured.map("draw", cpu(DrawnPair::draw))
                        .queue(bounded(8))
                        .map("save", io((DrawnPair drawn) -> drawn.save(store)))
                : measured.queue(bounded(8)).map("save", io((MeasuredPair pair) -> pair.save(store)));
        return saved.build();
    }

    private static FieldStore store(PivParams params) {
        try {
            return new FieldStore(params.output(), new InterrogationSettings(params.windows(), params.overlap()));
        } catch (IOException e) {
            throw new UncheckedIOException("output directory '" + params.output() + "' cannot be made: " + e, e);
        }
    }
}
