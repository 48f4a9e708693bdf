// A file with two spaces and several types.
package org.acme.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import static java.util.Arrays.asList;

public class TwoSpaces {
  private JavaSparkContext context;
  private final Settings settings = new Settings("local", 4);

  public static void main(String[] args) throws Exception {
    TwoSpaces job = new TwoSpaces();
    job.context = new JavaSparkContext("local", "job");
    JavaRDD<Integer> numbers = job.context.parallelize(asList(1, 2, 3));
    System.out.println(
        numbers
            .map(number -> number * job.settings.threads)
            .filter(
                number -> {
                  boolean even = number % 2 == 0;
                  return even;
                })
            .reduce((a, b) -> a + b));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  JavaRDD<String> strings(JavaRDD<Integer> numbers, String prefix) {
    if (numbers == null) return null;
    else if (prefix.isEmpty()) {
      return numbers.map(String::valueOf);
    }
    return numbers.map(number -> prefix + number);
  }

  private int offset() {
    int offset = 0x1F;
    offset |= 1_000;
    return -offset;
  }

  static class Settings {
    final String master;
    final int threads;

    Settings(String master, int threads) {
      this.master = master;
      this.threads = threads;
    }
  }
}

interface Shape {
  double area();

  default String shown() {
    return "area " + area();
  }
}

record Circle(double radius) implements Shape {
  Circle {
    if (radius < 0) {
      throw new IllegalArgumentException("radius " + radius);
    }
  }

  @Override
  public double area() {
    return Math.PI * radius * radius;
  }
}

sealed interface Tree permits Leaf, Fork {}

record Leaf(int value) implements Tree {}

record Fork(Tree left, Tree right) implements Tree {
  int sum() {
    return sum(this);
  }

  static int sum(Tree tree) {
    return switch (tree) {
      case Leaf(int value) -> value;
      case Fork(Tree left, Tree right) when left != right -> sum(left) + sum(right);
      case Fork fork -> {
        int half = sum(fork.left());
        yield half * 2;
      }
    };
  }
}
