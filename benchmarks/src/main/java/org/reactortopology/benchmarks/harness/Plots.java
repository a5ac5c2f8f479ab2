package org.reactortopology.benchmarks.harness;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of each load in each of its units: bars of medians with the range as error bars, or lines where the load has points. */
final class Plots {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;

    /** A bar with a slanted label that the chart does not leave out. */
    private static final int BAR_WIDTH = 130;

    private static final int FEW_BARS = 5;
    private static final int SLANT = 20;
    private static final Color BAR = new Color(0x4C, 0x78, 0xA8);
    private static final Color RANGE = new Color(0x33, 0x33, 0x33);
    private static final Color GRID = new Color(0xE4, 0xE4, 0xE4);

    private Plots() {}

    /** One load in one unit. */
    record Picture(String load, Unit unit, boolean curve) {

        /** In the directory of its suite. */
        String fileName() {
            String words = load + "-" + unit.symbol() + (curve ? "-curve" : "");
            return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + ".png";
        }

        /** In a directory with pictures of all suites. */
        String fileName(String suite) {
            return suite + "-" + fileName();
        }
    }

    /** Writes all of them. */
    static void write(Results results, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<Picture, List<Figure>> entry : pictures(results).entrySet()) {
            Picture picture = entry.getKey();
            String title = results.suite() + ": " + picture.load();
            AxesChart<?, ?> chart = picture.curve()
                    ? curves(title, picture.unit(), entry.getValue())
                    : bars(title, picture.unit(), entry.getValue());
            draw(chart, directory.resolve(picture.fileName()));
        }
    }

    /** The first picture of each load, which pages of documentation show. */
    static List<Picture> principal(Results results) {
        Map<String, Picture> principal = new LinkedHashMap<>();
        pictures(results).keySet().forEach(picture -> principal.putIfAbsent(picture.load(), picture));
        return List.copyOf(principal.values());
    }

    private static Map<Picture, List<Figure>> pictures(Results results) {
        Map<Picture, List<Figure>> pictures = new LinkedHashMap<>();
        for (Figure figure : results.figures()) {
            Picture picture = new Picture(figure.load(), figure.unit(), figure.at() != null);
            pictures.computeIfAbsent(picture, key -> new ArrayList<>()).add(figure);
        }
        return pictures;
    }

    private static void draw(AxesChart<?, ?> chart, Path file) throws IOException {
        BufferedImage image = new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            chart.paint(graphics, chart.getWidth(), chart.getHeight());
        } finally {
            graphics.dispose();
        }
        ImageIO.write(image, "png", file.toFile());
    }

    /** XChart's error bars are as long upwards as downwards, so they hang on an invisible series in the middle of the range. */
    private static CategoryChart bars(String title, Unit unit, List<Figure> figures) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(Math.max(WIDTH, BAR_WIDTH * figures.size()))
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(unit.symbol() + better(unit))
                .build();
        List<String> subjects = figures.stream().map(Figure::subject).toList();
        List<Statistics> all = figures.stream().map(Figure::statistics).toList();
        chart.addSeries("median", subjects, all.stream().map(Statistics::median).toList())
                .setFillColor(BAR);
        chart.addSeries(
                        "range",
                        subjects,
                        all.stream().map(of -> (of.lowest() + of.highest()) / 2).toList(),
                        all.stream().map(of -> (of.highest() - of.lowest()) / 2).toList())
                .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
                .setMarker(SeriesMarkers.NONE);
        style(chart.getStyler()).setLegendVisible(false);
        chart.getStyler().setOverlapped(true).setAvailableSpaceFill(0.5);
        chart.getStyler().setErrorBarsColorSeriesColor(false).setErrorBarsColor(RANGE);
        chart.getStyler().setXAxisLabelRotation(subjects.size() > FEW_BARS ? SLANT : 0);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private static XYChart curves(String title, Unit unit, List<Figure> figures) {
        Map<String, List<Figure>> bySubject = new LinkedHashMap<>();
        figures.forEach(figure -> bySubject
                .computeIfAbsent(figure.subject(), key -> new ArrayList<>())
                .add(figure));
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(Objects.requireNonNull(figures.get(0).at()).of())
                .yAxisTitle(unit.symbol() + better(unit))
                .build();
        bySubject.forEach((subject, each) -> {
            double[] x = each.stream()
                    .mapToDouble(figure -> Objects.requireNonNull(figure.at()).x())
                    .toArray();
            double[] y = each.stream()
                    .mapToDouble(figure -> figure.statistics().median())
                    .toArray();
            chart.addSeries(subject, x, y);
        });
        style(chart.getStyler()).setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0);
        return chart;
    }

    private static AxesChartStyler style(AxesChartStyler styler) {
        styler.setPlotGridLinesColor(GRID)
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setYAxisDecimalPattern("#,##0.###");
        styler.setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        return styler;
    }

    private static String better(Unit unit) {
        return unit.moreIsBetter() ? " (more is better)" : " (less is better)";
    }
}
