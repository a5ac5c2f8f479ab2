package org.reactortopology.examples.piv.correlation;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.reactortopology.examples.piv.image.GreyImage;

/**
 * Measures the displacement field of an image pair by window cross-correlation in several passes (M. Raffel et al.,
 * Particle Image Velocimetry, 3rd ed., 2018).
 *
 * <p>The first pass correlates windows of the images as they are. Each later pass deforms both images by half the
 * displacement found so far, the first backwards and the second forwards, and measures what is left (F. Scarano and M.
 * L. Riethmuller, Exp. Fluids 29 (2000) S51); so the measurement is central, and windows may become smaller than the
 * displacement. After every pass outliers are replaced by the normalised median test (J. Westerweel and F. Scarano,
 * Exp. Fluids 39 (2005) 1096), and the field is smoothed before it deforms the images of the next; the last field is
 * given without smoothing.
 *
 * <p>Threads: any number may call at the same time; a call uses one thread and about 20 bytes per pixel of buffers,
 * which are kept for the next call. The result depends on the images and settings only, to the last bit.
 */
public final class Correlator {

    private final PivSettings settings;

    /** Buffers not in use, taken and given back by the calling threads. */
    private final Queue<PairWorkspace> idle = new ConcurrentLinkedQueue<>();

    /** Makes a correlator; it allocates nothing before the first pair. */
    public Correlator(PivSettings settings) {
        this.settings = settings;
    }

    /**
     * Measures one pair. Computes for tens of milliseconds on 512 x 512 px, so keep it off event-loop threads.
     *
     * @param first image at the first exposure
     * @param second image at the second exposure, of the same size
     * @return the displacement from the first to the second image on the grid of the last pass
     * @throws IllegalArgumentException if the sizes differ or the largest window does not fit into the images
     */
    public VelocityField displacements(GreyImage first, GreyImage second) {
        requireMatch(first, second);
        PairWorkspace workspace = idle.poll();
        if (workspace == null || !workspace.fits(first)) {
            workspace = new PairWorkspace(settings, first.width(), first.height());
        }
        try {
            return workspace.run(first, second);
        } finally {
            idle.add(workspace);
        }
    }

    private void requireMatch(GreyImage first, GreyImage second) {
        if (first.width() != second.width() || first.height() != second.height()) {
            throw new IllegalArgumentException("the images differ in size: the first is " + size(first)
                    + ", the second is " + size(second) + "; give two images of the same camera");
        }
        int window = settings.windows().get(0);
        if (window > first.width() || window > first.height()) {
            throw new IllegalArgumentException("the window of " + window + " px does not fit into images of "
                    + size(first) + "; give smaller windows or larger images");
        }
    }

    private static String size(GreyImage image) {
        return image.width() + " x " + image.height() + " px";
    }
}
