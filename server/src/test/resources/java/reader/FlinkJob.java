package com.acme.flink;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public class FlinkJob {

    private static final Logger LOG = LoggerFactory.getLogger(FlinkJob.class);

    private final String topic;

    public FlinkJob(final String topic) {
        this.topic = topic;
    }

    public void build(
            final StreamExecutionEnvironment environment,
            final int parallelism)
            throws Exception {

        final DataStream<String> lines = environment
                .socketTextStream("localhost", 9999)
                .setParallelism(parallelism);

        lines.map(new MapFunction<String, Integer>() {
            @Override
            public Integer map(final String line) {
                LOG.info("line {}", line);
                return line.length();
            }
        })
                .name("lengths")
                .print();

        environment.execute("job on " + topic);
    }

    /**
     * A function with state.
     *
     * <pre>{@code
     * stream.map(new Upper());
     * }</pre>
     */
    public static final class Upper extends RichMapFunction<String, String> {

        private transient java.util.Locale locale;

        @Override
        public void open(final Configuration parameters) {
            locale = java.util.Locale.ROOT;
        }

        @Override
        public String map(final String value) throws Exception {
            try {
                return value.toUpperCase(locale);
            } finally {
                LOG.debug("done");
            }
        }
    }

    public String topic() {
        return topic;
    }

    // int unused() { return 1; }
}
