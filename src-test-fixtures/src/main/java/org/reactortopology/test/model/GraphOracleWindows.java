package org.reactortopology.test.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.test.model.End.Kind;

/** What windows become. */
final class GraphOracleWindows {

    /** Makes an item. */
    interface Maker {
        Life made(String key, boolean derived, int madeBy, List<Life> parents);
    }

    private final int number;
    private final Op op;
    private final int numbering;
    private final Maker maker;

    GraphOracleWindows(int number, Op op, int numbering, Maker maker) {
        this.number = number;
        this.op = op;
        this.numbering = numbering;
        this.maker = maker;
    }

    static boolean makes(Op op) {
        return op.verb() == Verb.WINDOW || op.verb() == Verb.PAIRS || op.verb() == Verb.SUCCESSIVE;
    }

    static int size(Op op) {
        return op.verb() == Verb.WINDOW ? 1 + op.a() % 4 : 2;
    }

    static int step(Op op) {
        return op.verb() == Verb.WINDOW ? 1 + op.b() % 4 : op.verb() == Verb.PAIRS ? 2 : 1;
    }

    List<Part> of(List<Part> in) {
        List<Part> out = new ArrayList<>(in.stream()
                .filter(part -> part.numbering() != numbering)
                .map(part -> part.live() ? part.ended(End.skipped()) : part)
                .toList());
        List<Part> members = in.stream()
                .filter(part -> part.numbering() == numbering)
                .sorted(Comparator.comparingLong(Part::index))
                .toList();
        boolean[] used = new boolean[members.size()];
        int windows = 0;
        for (int start = 0; start + size(op) <= members.size(); start += step(op)) {
            List<Part> window = members.subList(start, start + size(op));
            for (int i = start; i < start + size(op); i++) {
                used[i] = true;
            }
            out.add(window(window, windows++));
        }
        for (int i = 0; i < members.size(); i++) {
            Part member = members.get(i);
            if (member.index() != i) {
                throw new IllegalStateException(
                        "window " + number + " was built although index " + i + " never comes to it");
            }
            out.add(member.live() ? member.ended(used[i] ? End.consumed(number) : End.skipped()) : member);
        }
        return out;
    }

    private Part window(List<Part> members, int index) {
        String between = op.verb() == Verb.WINDOW ? ".." : "+";
        String first = members.get(0).key();
        String key = first
                + between
                + (members.size() == 1 ? "" : members.get(members.size() - 1).key());
        Life life =
                maker.made(key, true, number, members.stream().map(Part::life).toList());
        End end = end(members);
        if (end != null) {
            return new Part(life, index, number, null, end);
        }
        return new Part(
                life,
                index,
                number,
                Values.fold(op, members.stream().map(Part::number).toList()),
                null);
    }

    private static @Nullable End end(List<Part> members) {
        End skipped = null;
        for (Part member : members) {
            End end = member.end();
            if (end != null && end.is(Kind.FAILED)) {
                return end;
            }
            skipped = end == null ? skipped : End.skipped();
        }
        return skipped;
    }
}
