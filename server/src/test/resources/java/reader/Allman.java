package com.acme;

import java.util.*;
import java.util.concurrent.*;

public class Allman extends Thread implements Runnable
{
    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    protected int[] values = { 1, 2, 3 };
    static final Object LOCK = new Object();

    static
    {
        System.out.println("loaded");
    }

    @Override
    public void run()
    {
        synchronized (LOCK)
        {
            for (int i = 0; i < values.length; i++)
            {
                if (values[i] > 2)
                {
                    values[i]--;
                }
                else
                {
                    values[i] = values[i] << 1;
                }
            }
        }
    }

    public Future<Integer> submit(final int number)
    {
        return pool.submit(new Callable<Integer>()
        {
            @Override
            public Integer call() throws Exception
            {
                return number + values[0];
            }
        });
    }

    public void stopAll(List<? extends Future<?>> futures) throws InterruptedException
    {
        do
        {
            Thread.sleep(10);
        }
        while (futures.stream().anyMatch(future -> !future.isDone()));
        pool.shutdown();
    }

    public static <T extends Comparable<T>> T max(Collection<T> all)
    {
        T best = null;
        for (T one : all)
        {
            best = best == null || one.compareTo(best) > 0 ? one : best;
        }
        return best;
    }
}
