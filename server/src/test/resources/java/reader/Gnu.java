package gnu;

import java.rmi.Remote;
import java.rmi.RemoteException;
import java.util.function.Function;

public class Gnu
{
  interface Clock extends Remote
  {
    long now () throws RemoteException;
    void set (long time, Object zone) throws RemoteException;
  }

  private Function<Integer, Function<Integer, Integer>> add = a -> b -> a + b;

  int apply (int a, int b)
  {
    if (a > b)
      {
        int swap = a;
        a = b;
        b = swap;
      }
    return add.apply (a).apply (b);
  }

  void loop (String[] words)
  {
    int i = 0;
    while (i < words.length)
      {
        String word = words[i++];
        if (word.equals ("stop"))
          break;
        else
          System.out.println (word);
      }
  }

  String name () { return "gnu"; }
}
