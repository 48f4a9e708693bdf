package dense;
public class Dense{
    int a;int b=2;
    Dense(){ a=1; }
    int sum(){ return a+b; }
    int product(){ int r=1; for(int i=0;i<b;i++){ r*=a; } return r; }
    boolean isBig(){ if(sum()>10){ return true; } else { return false; } }
    void each(java.util.List<Integer> list){ list.forEach(x->{ a+=x; }); list.removeIf(x -> x>3); }
    static class Point{ final int x,y; Point(int x,int y){ this.x=x; this.y=y; } int len(){ return x*x+y*y; } }
    void wait(Object o)throws InterruptedException{ synchronized(o){ o.wait(); } }
}
