package io.github.spawnproof.rule;

import io.github.spawnproof.source.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The rules there are, by id. */
public final class RuleCatalog {

    private final Map<String, Rule> rules = new TreeMap<>();

    public RuleCatalog(Collection<? extends Rule> rules) {
        for (Rule rule : rules) {
            Rule other = this.rules.put(rule.id(), rule);
            if (other != null) {
                throw new IllegalArgumentException("two rules have the id " + rule.id());
            }
        }
    }

    /** Returns the catalogue of all rules that this program is packed with. */
    public static RuleCatalog load() {
        List<Rule> rules = new ArrayList<>();
        ServiceLoader.load(Rule.class, RuleCatalog.class.getClassLoader()).forEach(rules::add);
        return new RuleCatalog(rules);
    }

    /** Returns all rules in the order of their ids. */
    public Collection<Rule> all() {
        return rules.values();
    }

    public Optional<Rule> find(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    /** Returns the id that is most like the given text, if one is like it at all. */
    public Optional<String> nearest(String text) {
        return Spelling.nearest(text, rules.keySet());
    }
}
