package org.reactortopology.examples.piv.output;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Draws single arrows and marks, centred on a point. */
final class ArrowPainter {

    /** Colour of flagged vectors, 0xRRGGBB; not in {@link ColourMap}. */
    static final int FLAGGED = 0xff3d7f;

    private static final Color HALO = new Color(0, 0, 0, 170);

    private final Graphics2D graphics;
    private final double shaft;
    private final double head;
    private final BasicStroke haloStroke;
    private final BasicStroke thinStroke;
    private final BasicStroke thinHaloStroke;

    /**
     * Chooses widths that suit the distance of two vectors.
     *
     * @param graphics target, with antialiasing on
     * @param spacing distance of two drawn vectors in picture px
     */
    ArrowPainter(Graphics2D graphics, double spacing) {
        this.graphics = graphics;
        shaft = Math.max(1.3, 0.09 * spacing);
        head = Math.max(3.5, 0.34 * spacing);
        haloStroke = round(1.6);
        thinStroke = round(Math.max(1.1, 0.06 * spacing));
        thinHaloStroke = round(Math.max(1.1, 0.06 * spacing) + 1.6);
    }

    /** Draws a filled arrow of the given length vector around (x, y), all in picture px; a dot if it is very short. */
    void drawFilled(double x, double y, double dx, double dy, Color colour, boolean withHalo) {
        double length = Math.hypot(dx, dy);
        Shape shape = length < shaft ? dot(x, y) : arrow(x, y, dx / length, dy / length, length);
        if (withHalo) {
            graphics.setColor(HALO);
            graphics.setStroke(haloStroke);
            graphics.draw(shape);
        }
        graphics.setColor(colour);
        graphics.fill(shape);
    }

    /** Draws a thin arrow with an open head, in the colour of flagged vectors. */
    void drawFlagged(double x, double y, double dx, double dy) {
        double length = Math.hypot(dx, dy);
        if (length < shaft) {
            drawFilled(x, y, 0, 0, new Color(FLAGGED), true);
            return;
        }
        double barb = Math.min(head, 0.7 * length);
        double ux = dx / length;
        double uy = dy / length;
        double tipX = x + dx / 2;
        double tipY = y + dy / 2;
        Path2D path = new Path2D.Double();
        path.moveTo(x - dx / 2, y - dy / 2);
        path.lineTo(tipX, tipY);
        path.moveTo(tipX - barb * (ux + 0.6 * uy), tipY - barb * (uy - 0.6 * ux));
        path.lineTo(tipX, tipY);
        path.lineTo(tipX - barb * (ux - 0.6 * uy), tipY - barb * (uy + 0.6 * ux));
        drawThin(path);
    }

    /** Draws the cross that stands for a vector that was not measured. */
    void drawNotMeasured(double x, double y) {
        double arm = 0.45 * head;
        Path2D path = new Path2D.Double();
        path.moveTo(x - arm, y - arm);
        path.lineTo(x + arm, y + arm);
        path.moveTo(x - arm, y + arm);
        path.lineTo(x + arm, y - arm);
        drawThin(path);
    }

    private void drawThin(Shape shape) {
        graphics.setColor(HALO);
        graphics.setStroke(thinHaloStroke);
        graphics.draw(shape);
        graphics.setColor(new Color(FLAGGED));
        graphics.setStroke(thinStroke);
        graphics.draw(shape);
    }

    private Shape dot(double x, double y) {
        return new Ellipse2D.Double(x - 0.7 * shaft, y - 0.7 * shaft, 1.4 * shaft, 1.4 * shaft);
    }

    private Shape arrow(double x, double y, double ux, double uy, double length) {
        double headLength = Math.min(head, 0.8 * length);
        double headHalf = 0.5 * headLength;
        double half = Math.min(shaft / 2, 0.6 * headHalf);
        double neck = length / 2 - headLength;
        double[][] corners = {
            {-length / 2, -half},
            {neck, -half},
            {neck, -headHalf},
            {length / 2, 0},
            {neck, headHalf},
            {neck, half},
            {-length / 2, half}
        };
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners.length; i++) {
            double px = x + corners[i][0] * ux - corners[i][1] * uy;
            double py = y + corners[i][0] * uy + corners[i][1] * ux;
            if (i == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        path.closePath();
        return path;
    }

    private static BasicStroke round(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
}
