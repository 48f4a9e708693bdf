package io.github.spawnproof.java;

import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Reads Java files. Safe for any number of threads. */
public final class JavaFrontEnd {

    private final Shipping shipping = Shipping.load();
    private final ClassTable table = new ClassTable();

    /**
     * Returns the facts of a file; never fails, whatever its text.
     *
     * @throws io.github.spawnproof.source.Cancelled if the token says that the work is no longer wanted
     */
    public JavaUnit read(DocumentSnapshot snapshot, Surroundings surroundings, CancelToken cancel) {
        cancel.check();
        if (!shipping.concerns(snapshot.source().text())) {
            JavaScan scan = JavaScanner.scan(snapshot.source().text());
            return new JavaUnit(snapshot.source(), List.of(), List.of(), scan.comments(), scan.firstStatement());
        }
        JavaFile file = JavaFile.read(snapshot, cancel);
        Classes classes = new Classes(shipping, table, surroundings, other -> JavaFile.read(other, cancel));
        classes.add(file);
        Types types = new Types(file, classes);
        Sites sites = new Sites(shipping, types);
        Set<String> sentTypes = sites.sentTypes();
        List<Hazard> hazards = new ArrayList<>(new ClosureFinder(types, shipping, sites, sentTypes, cancel).find());
        hazards.addAll(new ClassFinder(types, shipping, sites, sentTypes).find());
        hazards.addAll(new ArgumentFinder(types, shipping).find());
        hazards.addAll(new RemoteFinder(types, shipping).find());
        hazards.addAll(new StaticInitializerFinder(types).find());
        ChildProcessFinder children = new ChildProcessFinder(types, shipping).find();
        hazards.addAll(children.hazards());
        hazards.sort(Comparator.comparing(Hazard::range));
        return new JavaUnit(snapshot.source(), hazards, children.settings(), file.comments(), file.firstStatement());
    }
}
