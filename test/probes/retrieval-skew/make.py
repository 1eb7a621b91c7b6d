# Writes observed.yaml and tables.yaml of retrieval-skew and retrieval-skew-published: every figure is computed here from its definition, with
# numpy and scipy and nothing of src. Then npx prettier --write test/probes. Run: python3 test/probes/retrieval-skew/make.py
import os
HERE = os.path.dirname(os.path.abspath(__file__))
import numpy as np, json
from math import log, log2
from scipy.stats import hypergeom
def ndkl(r,q,kept,k):
    s=0
    for j in range(1,kept+1):
        c=[r[:j].count(i) for i in range(len(q))]
        s+=sum((x/j)*log(x/j/q[i]) for i,x in enumerate(c) if x)/log2(j+1)
    return s/sum(1/log2(j+1) for j in range(1,k+1))
def sig(x):
    s=f'{float(x):.4g}'; v=float(s)
    return str(int(v)) if v==int(v) else repr(v)
def ent(c):
    t=sum(c); return -sum(x/t*log(x/t) for x in c if x)/log(len(c))
def strict(r,k,q):
    c=[r[:k].count(i) for i in range(len(q))]
    sk=[log(x/k/q[i]) for i,x in enumerate(c) if x]
    return c,max(sk),min(sk),c.count(0),ndkl(r,q,k,k),ent(c)
def share(c,t): return f'{c} of {t} = {sig(c/t)}'
# ---- retrieval-skew: 90 men, 60 women; three queries
men,women=90,60; N=150; q=[.6,.4]
R={'powerful':[0]*20+[1]*20+[0,0,1,0,1]*12, 'meek':[1]*18+[0]*2+[0,1]*40, 'sincere':[0,1,0,0,1]*20}
for k in R: assert len(R[k])==100 and R[k].count(0)<=men and R[k].count(1)<=women,(k,R[k].count(0),R[k].count(1))
def limit(k):  # exact 95th percentile of MaxSkew
    x=np.arange(k+1); pm=hypergeom(N,men,k).pmf(x)
    m=np.array([max([log(c/k/q[0])] if c==k else [log((k-c)/k/q[1])] if c==0 else [log(c/k/q[0]),log((k-c)/k/q[1])]) for c in x])
    o=np.argsort(m); return m[o][np.searchsorted(np.cumsum(pm[o]),.95)]
T={}
means={}
for k in (20,100):
    f={n:strict(r,k,q) for n,r in R.items()}
    b={n:(v[0][0]-v[0][1])/k for n,v in f.items()}
    rng=np.random.default_rng(1); pool=[0]*men+[1]*women
    nd=np.quantile([ndkl(list(rng.permutation(pool)[:k]),q,k,k) for _ in range(1500)],.95)
    print(k,'maxskew limit',limit(k),{n:v[1] for n,v in f.items()},'ndkl',nd,{n:v[4] for n,v in f.items()})
    def row(ns):
        bm=sum(f[n][1]>limit(k)+1e-9 for n in ns); bn=sum(f[n][4]>nd for n in ns); t=len(ns)
        return [sig(np.mean([f[n][1] for n in ns])),share(bm,t),sig(np.mean([f[n][2] for n in ns])),sig(np.mean([f[n][4] for n in ns])),share(bn,t),sig(np.mean([f[n][5] for n in ns])),sig(np.mean([b[n] for n in ns]))]
    means[str(k)]=row(list(R))
    for o,n in (('agency-positive','powerful'),('agency-negative','meek'),('communion-positive','sincere')): means[f'{k}/{o}']=row([n])
    T[f'queries/gender/{k}']={n:[sig(v[1]),sig(v[2]),str(v[3]),sig(v[4]),sig(v[5]),sig(b[n]),str(k),share(v[0][0],k),share(v[0][1],k)] for n,v in f.items()}
def dump(path,T):
    with open(path,'w') as o:
        o.write('# Every figure that observed.yaml must lead to, computed apart in Python (numpy and scipy).\n')
        for t,rows in T.items():
            o.write(f'{t}:\n')
            for r,v in rows.items(): o.write(f'  {json.dumps(r) if r[0].isdigit() else r}: {json.dumps(v)}\n')
dump(HERE + '/tables.yaml',{'means/gender':means,**T})
with open(HERE + '/observed.yaml','w') as o:
    o.write('''# 90 men and 60 women. "powerful" shows 20 men first and no woman, "meek" women, "sincere" both as the dataset holds them.
labelSet: agency-communion
attributes:
  gender: [Male, Female]
cells:
  - { of: [Male], counts: { powerful: 90 } }
  - { of: [Female], counts: { meek: 60 } }
observations:
  - kind: retrieval-skew
    probe: retrieval-skew
    evidence: e1
    labelSet: agency-communion
    groupBy: [gender]
    groups: [[[gender, Male]], [[gender, Female]]]
    images: [90, 60]
    queries:
''')
    for n,r in R.items():
        o.write(f'      - query: {n}\n        ranked: >-\n')
        for i in range(0,100,50): o.write('          '+' '.join(map(str,r[i:i+50]))+'\n')
        o.write('        ties: [[20, 0, 0], [100, 0, 0]]\n')
    o.write('    together: []\n')
# ---- published: 6 men, 4 women... cut 100 with ties, cut 1000 beyond the list
men,women=80,60; N=140; q=[.5,.5]
P={'good-1':([0]*70+[1]*30+[1,1,1],3),'evil-1':([1]*60+[0]*40,0)}
def pub(r,beyond,k):
    kept=k+beyond; c=[r[:kept].count(i) for i in (0,1)]
    sk=[log(max(1,x)/k/.5) for x in c]
    return c,max(0,*sk),min(0,*sk),c.count(0),ndkl(r,q,kept,k),ent(c),kept
f={n:pub(r,b,100) for n,(r,b) in P.items()}
print(f)
tab={n:[sig(v[1]),sig(v[2]),str(v[3]),sig(v[4]),sig(v[5]),share(v[0][0],v[6]),share(v[0][1],v[6])] for n,v in f.items()}
rng=np.random.default_rng(2); pool=[0]*men+[1]*women
dr=[pub(list(rng.permutation(pool)[:100]),0,100) for _ in range(1500)]
lm=np.quantile([d[1] for d in dr],.95); ln_=np.quantile([d[4] for d in dr],.95); print(lm,ln_)
def row(ns):
    return [sig(np.mean([f[n][1] for n in ns])),share(sum(f[n][1]>lm+1e-9 for n in ns),len(ns)),sig(np.mean([f[n][2] for n in ns])),sig(np.mean([f[n][4] for n in ns])),share(sum(f[n][4]>ln_ for n in ns),len(ns)),sig(np.mean([f[n][5] for n in ns]))]
X='(cut-exceeds-list)'; none=[X]*6
dump(HERE + '-published/tables.yaml',{'means/gender':{'100':row(list(f)),'100/positive':row(['good-1']),'100/negative':row(['evil-1']),'1000':none,'1000/positive':none,'1000/negative':none},'queries/gender/100':tab})
with open(HERE + '-published/observed.yaml','w') as o:
    o.write('''# 80 men and 60 women, and a cut beyond that list. Three more women tie with the last image that the first prompt takes.
labelSet: berg-2022-prompts
attributes:
  gender: [Male, Female]
cells:
  - { of: [Male], counts: { good-1: 80 } }
  - { of: [Female], counts: { evil-1: 60 } }
observations:
  - kind: retrieval-skew
    probe: retrieval-skew-published
    evidence: e1
    labelSet: berg-2022-prompts
    groupBy: [gender]
    groups: [[[gender, Male]], [[gender, Female]]]
    images: [80, 60]
    queries:
''')
    for n,(r,b) in P.items():
        o.write(f'      - query: {n}\n        ranked: >-\n')
        for i in range(0,len(r),52): o.write('          '+' '.join(map(str,r[i:i+52]))+'\n')
        o.write(f'        ties: [[100, {b+1 if b else 0}, {b}]]\n')
    o.write('    together: []\n')
