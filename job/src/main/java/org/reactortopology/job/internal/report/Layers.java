package org.reactortopology.job.internal.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the parts of a flow into layers: each one behind all that it takes from, and within a layer near what it takes from (barycentre, one sweep). An arrow over
 * several layers gets a place in each of them, so that it does not run through other parts.
 */
final class Layers {

    /** A part, or where an arrow passes ({@code node} is -1). */
    static final class Cell {
        private final int node;
        private final int layer;
        private int row;

        Cell(int node, int layer) {
            this.node = node;
            this.layer = layer;
        }

        int node() {
            return node;
        }

        int layer() {
            return layer;
        }

        int row() {
            return row;
        }
    }

    private final List<List<Cell>> layers = new ArrayList<>();
    private final Map<Integer, Cell> cells = new HashMap<>();
    private final Map<Cell, List<Cell>> before = new HashMap<>();
    private final Map<Flow.Edge, List<Cell>> ways = new HashMap<>();

    Layers(Flow flow) {
        int[] depth = depths(flow);
        for (int node = 0; node < depth.length; node++) {
            cells.put(node, add(node, depth[node]));
        }
        flow.edges().forEach(this::way);
        layers.forEach(this::order);
    }

    private static int[] depths(Flow flow) {
        int[] depth = new int[flow.nodes().size()];
        List<Flow.Edge> edges = new ArrayList<>(flow.edges());
        edges.sort(Comparator.comparingInt(Flow.Edge::to));
        edges.forEach(edge -> depth[edge.to()] = Math.max(depth[edge.to()], depth[edge.from()] + 1));
        int output = depth.length - 1;
        depth[output] = Math.max(depth[output], Arrays.stream(depth).max().orElse(0));
        return depth;
    }

    private Cell add(int node, int layer) {
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        Cell cell = new Cell(node, layer);
        layers.get(layer).add(cell);
        return cell;
    }

    private void way(Flow.Edge edge) {
        List<Cell> way = new ArrayList<>();
        Cell last = cell(edge.from());
        way.add(last);
        Cell to = cell(edge.to());
        for (int layer = last.layer() + 1; layer <= to.layer(); layer++) {
            Cell next = layer == to.layer() ? to : add(-1, layer);
            before.computeIfAbsent(next, each -> new ArrayList<>()).add(last);
            way.add(next);
            last = next;
        }
        ways.put(edge, way);
    }

    private void order(List<Cell> layer) {
        layer.sort(Comparator.comparingDouble(cell -> before.getOrDefault(cell, List.of()).stream()
                .mapToInt(Cell::row)
                .average()
                .orElse(0)));
        for (int row = 0; row < layer.size(); row++) {
            layer.get(row).row = row;
        }
    }

    private Cell cell(int node) {
        return cells.getOrDefault(node, layers.get(0).get(0));
    }

    int count() {
        return layers.size();
    }

    /** How many cells the largest layer has. */
    int rows() {
        return layers.stream().mapToInt(List::size).max().orElse(0);
    }

    /** Cells of the layer of that cell. */
    int rows(Cell cell) {
        return layers.get(cell.layer()).size();
    }

    /** The cell of each node, by its place in the flow. */
    Map<Integer, Cell> cells() {
        return cells;
    }

    /** The cells that an arrow goes through, both ends included. */
    List<Cell> way(Flow flow, int edge) {
        return ways.getOrDefault(flow.edges().get(edge), List.of());
    }
}
