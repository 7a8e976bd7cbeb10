// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/// All that is logged from a level on, formatted as the server would, until it is closed.
public final class CapturedLog implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Captured captured = new Captured();

  private static final class Captured extends AppenderBase<ILoggingEvent> {
    private final PatternLayout layout = new PatternLayout();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void start() {
      layout.setContext(getContext());
      layout.setPattern("%level %logger %msg %kvp %mdc%n%xEx");
      layout.start();
      super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(layout.doLayout(event));
    }
  }

  private CapturedLog(Level level) {
    captured.setContext(root.getLoggerContext());
    captured.start();
    // The console goes on showing errors alone.
    root.iteratorForAppenders()
        .forEachRemaining(
            it -> {
              var threshold = new ThresholdFilter();
              threshold.setLevel("ERROR");
              threshold.start();
              it.addFilter(threshold);
            });
    root.addAppender(captured);
    root.setLevel(level);
  }

  /// Begins to listen to every logger.
  public static CapturedLog from(Level level) {
    return new CapturedLog(level);
  }

  /// What was logged so far.
  public String text() {
    return String.join("", captured.lines);
  }

  @Override
  public void close() {
    root.setLevel(Level.WARN);
    root.detachAppender(captured);
    root.iteratorForAppenders().forEachRemaining(it -> it.clearAllFilters());
  }
}
