package org.reactortopology.examples.piv.output;

import java.util.Arrays;

/** Pixels that shapes are painted on. Parts of a shape outside are left out. One thread at a time. */
final class Canvas {

    private final int width;
    private final int height;
    private final int[] pixels;

    /** Of one colour, 0xRRGGBB. */
    Canvas(int width, int height, int ground) {
        this.width = width;
        this.height = height;
        this.pixels = new int[Math.multiplyExact(width, height)];
        Arrays.fill(pixels, ground);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** 0xRRGGBB of shape [height*width], row-major from the top-left pixel; not a copy. */
    int[] pixels() {
        return pixels;
    }

    /** Colour of one pixel, 0xRRGGBB. */
    int at(int x, int y) {
        return pixels[y * width + x];
    }

    /** Fills a rectangle. */
    void fill(int x, int y, int across, int down, int rgb) {
        int left = Math.max(0, x);
        int right = Math.min(width, x + across);
        for (int row = Math.max(0, y); left < right && row < Math.min(height, y + down); row++) {
            Arrays.fill(pixels, row * width + left, row * width + right, rgb);
        }
    }

    /** Mixes a colour into a pixel, which must lie within; opacity from 0, which changes nothing, to 1. */
    void mix(int x, int y, int rgb, float opacity) {
        int share = (int) (opacity * 256 + 0.5f);
        int under = pixels[y * width + x];
        // red and blue at once: eight bits lie free between them
        int redBlue = (under & 0xff00ff) * (256 - share) + (rgb & 0xff00ff) * share;
        int green = (under & 0x00ff00) * (256 - share) + (rgb & 0x00ff00) * share;
        pixels[y * width + x] = (redBlue >>> 8 & 0xff00ff) | (green >>> 8 & 0x00ff00);
    }
}
