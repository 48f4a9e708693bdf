package tabs;

import java.io.Serializable;

class Tabbed implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String name;

	Tabbed(String name) {
		this.name = name;
	}

	void greet(int times) {
		for (int i = 0; i < times; i++) {
			System.out.println("hello " + name); // it is (us
		}
		while (times > 0) {
			times--;
		}
	}

	Runnable later() {
		return () -> {
			greet(3);
			greet(4);
		};
	}

	static class Nested {
		int count;

		int next() {
			return ++count;
		}
	}

	String last() {
		return name.substring(name.length() - 1);
	}
}
