package org.reactortopology.examples.piv.image;

import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;

/** Rasters that are one array of 8 or 16 bit samples, one for each pixel, which can be read without asking the sample model for each. */
final class PlainRaster {

    private PlainRaster() {}

    static boolean is(Raster raster) {
        return raster.getNumBands() == 1
                && raster.getSampleModel() instanceof ComponentSampleModel model
                && model.getPixelStride() == 1
                && model.getScanlineStride() == raster.getWidth()
                && model.getBandOffsets()[0] == 0
                && model.getWidth() == raster.getWidth()
                && raster.getSampleModelTranslateX() == raster.getMinX()
                && raster.getSampleModelTranslateY() == raster.getMinY()
                && raster.getDataBuffer().getNumBanks() == 1
                && raster.getDataBuffer().getOffset() == 0
                && (raster.getDataBuffer() instanceof DataBufferByte
                        || raster.getDataBuffer() instanceof DataBufferUShort);
    }

    /** Samples of shape [height*width]; the raster must be plain. */
    static float[] samples(Raster raster) {
        float[] samples = new float[Math.multiplyExact(raster.getWidth(), raster.getHeight())];
        if (raster.getDataBuffer() instanceof DataBufferByte bytes) {
            byte[] data = bytes.getData();
            for (int i = 0; i < samples.length; i++) {
                samples[i] = data[i] & 0xff;
            }
        } else if (raster.getDataBuffer() instanceof DataBufferUShort shorts) {
            short[] data = shorts.getData();
            for (int i = 0; i < samples.length; i++) {
                samples[i] = data[i] & 0xffff;
            }
        }
        return samples;
    }
}
