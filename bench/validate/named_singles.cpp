#include "bench/validate/named_singles.hpp"

#include <array>

namespace bench::validate {
namespace {

constexpr std::array<Named, 61> kSingle = {
    {{"code/a soft purge gives up while somebody runs the old code",
      "module records 20 6\nliteral 0 0 3\noccupy 0\nsoft_purge 0\nreload 0\nsoft_purge 0\nreload "
      "0\nmajor\npurge 0\nsoft_purge 0\nreload 0\nsoft_purge 0\nmajor\n"},
     {"code/a purge kills who runs the old code and nobody else",
      "module records 20 6\nliteral 0 0 3\nfunction 1 0\noccupy 0\noccupy 0\npurge 0\nreload "
      "0\noccupy 0\npurge 0\npurge 0\nreload 0\npurge 0\n"},
     {"code/a version is not loaded while there is old code",
      "module records 20 6\nreload 0\nreload 0\npurge 0\nreload 0\nreload 0\n"},
     {"code/who runs the current version survives",
      "module records 20 6\nreload 0\noccupy 0\npurge 0\nsoft_purge 0\nreload 0\nsoft_purge "
      "0\npurge 0\n"},
     {"code/a soft purge copies what a purge copies",
      "module records 200 100\nliteral 0 0 3\nreload 0\nsoft_purge 0\nmajor\n"},
     {"persistent term/held when it is erased", "keep 0 12\nlook 0 0\nforget 0\nmajor\n"},
     {"persistent term/held when another value takes its place",
      "keep 0 12\nlook 0 0\nkeep 0 13\nlook 1 0\nkeep 0 14\nmajor\n"},
     {"persistent term/held when the same value is put again", "keep 0 12\nlook 0 0\nkeep 0 12\n"},
     {"persistent term/erased when nobody holds it", "keep 0 500\nforget 0\nlook 0 0\n"},
     {"persistent term/held in the dictionary of a process that hibernates",
      "keep 0 12\nlook 0 0\nput 0 0\nhibernate 1\nforget 0\ndrop 0\nmajor\n"},
     {"persistent term/an area of 51 words", "keep 0 24\nlook 0 0\nforget 0\nmajor\n"},
     {"persistent term/an area of 53 words", "keep 0 25\nlook 0 0\nforget 0\nmajor\n"},
     {"persistent term/of a list twice",
      "list 0 10\ntuple 0 0 0\npublish 0 0\nlook 1 0\ndrop 0\nforget 0\nmajor\n"},
     {"persistent term/of a literal twice",
      "module records 20 6\nliteral 0 0 3\ntuple 0 0 0\npublish 0 0\nlook 1 0\ndrop 0\nforget "
      "0\nmajor\n"},
     {"persistent term/of a literal once and a list twice in an area of 51 words",
      "module tuples 20 13\nliteral 0 0 3\nlist 1 13\ntuple 0 0 1 1 2 3\npublish 0 0\ndrop 1\n"
      "look 0 0\nforget 0\nmajor\n"},
     {"persistent term/of a literal whose module is purged",
      "module records 20 6\nliteral 0 0 3\npublish 0 0\nlook 1 0\nreload 0\npurge 0\nforget "
      "0\nmajor\n"},
     {"persistent term/of a number and of nothing",
      "module integers 3 64\nliteral 0 0 1\npublish 0 0\nlook 0 0\npublish 0 1\npublish 0 "
      "0\nforget 0\nmajor\n"},
     {"persistent term/of a map of 20 keys and its update",
      "map 0 20\nupdate 1 0 2\ntuple 0 0 1\npublish 0 0\nlook 0 0\ndrop 1\nforget 0\nmajor\n"},
     {"persistent term/of a map of 100 keys",
      "map 0 100\nupdate 1 0 2\ntuple 0 0 1\npublish 0 0\nlook 0 0\ndrop 1\nforget 0\nmajor\n"},
     {"persistent term/of binaries and parts of them",
      "payload 0 200\nmatch 0\ntake 1 3\ntail 2\nbinary 3 20\ntuple 0 0 1 2 3\npublish 0 "
      "0\nlook 0 0\nmatch 4\ndrop 1\ndrop 2\nmajor\nforget 0\nmajor\n"},
     {"persistent term/of a fun with a literal",
      "module records 20 6\nliteral 0 0 3\nfunction 1 0 0\npublish 0 1\nlook 0 0\ndrop "
      "1\nforget 0\nmajor\n"},
     {"persistent term/put again as it is and otherwise",
      "list 0 12\npublish 0 0\nlook 1 0\npublish 0 0\npublish 0 1\nlist 0 13\npublish 0 "
      "0\nmajor\n"},
     {"persistent term/one of two is erased",
      "keep 0 100\nkeep 1 10\nlook 0 0\nlook 1 1\nforget 1\nmajor\nforget 0\nmajor\n"},
     {"growth/a major collection counts the return address of who called it",
      "tuple 0 1 2\nlist 1 181\n"},
     {"growth/a minor collection counts the return address of who called it",
      "tuple 0 1 2\nminor\nlist 1 111\n"},
     {"hibernation/with nothing", "hibernate 0\nmajor\nminor\nlist 0 5\nmajor\n"},
     {"hibernation/with a list, again and again",
      "list 0 500\nhibernate 0\nminor\nhibernate 0\nlist 1 10\nhibernate 0\ncopy 1 0\nmajor\n"},
     {"hibernation/with a dictionary", "list 0 50\nput 0 0\nbinary 1 40\nput 1 1\nhibernate "
                                       "2\nerase 0\nhibernate 2\ndrop 2\nmajor\n"},
     {"hibernation/is not limited, and waking is",
      "max_heap 700\nlist 0 200\nhibernate 0\ndrop 0\n"},
     {"limit/the fresh process of 233 words needs 466", "max_heap 466\nmajor\n"},
     {"limit/one word less kills at its first collection", "max_heap 465\nmajor\n"},
     {"limit/one word less does not kill where that is off", "max_heap 465\nkill 0\nmajor\n"},
     {"limit/arguments that leave no room for a stack frame kill at once",
      "max_heap 2129\narguments 793\nlist 3 5\n"},
     {"limit/a large binary kills who has messages waiting",
      "max_heap 4844\ntell 5\ntell 1000\npayload 0 490566\nlist 2 3\n"},
     {"limit/a lookup leaves a fragment to who may be killed",
      "max_heap 1243\noff_heap 1\nlist 1 56\nstore 1 1\nfetch 1 1\nhibernate 1\nfetch 2 1\n"},
     {"limit/the old block of a purge fits",
      "max_heap 46655\nmodule records 200 100\nliteral 0 0 3\nreload 0\npurge 0\nmajor\n"},
     {"limit/the old block of a purge is one word too large",
      "max_heap 46654\nmodule records 200 100\nliteral 0 0 3\nreload 0\npurge 0\n"},
     {"limit/the old block of a purge is too large and that does not kill",
      "max_heap 46654\nkill 0\nmodule records 200 100\nliteral 0 0 3\nreload 0\npurge 0\nmajor\n"},
     {"limit/who holds nothing survives a purge under any limit",
      "max_heap 467\nmodule records 200 100\nreload 0\npurge 0\n"},
     {"limit/a minor collection counts the old block it would make",
      "max_heap 2000\nlist 0 200\nlist 1 300\nlist 2 300\nlist 3 300\n"},
     {"growth/postponed growth alternates",
      "list 0 1000\nmajor\nmajor\nmajor\nmajor\nmajor\nmajor\n"},
     {"growth/minor collections of a list",
      "list 0 1000\nminor\nminor\nminor\nminor\nminor\nminor\n"},
     {"growth/small lists until the heap grew often",
      "list 0 60\nlist 1 60\nlist 2 60\nlist 3 100\nlist 4 100\nlist 5 300\nlist 0 700\nlist 1 "
      "900\n"},
     {"growth/shrinking after much garbage",
      "list 0 9000\nminor\ndrop 0\nminor\nlist 1 10\nminor\nminor\nmajor\n"},
     {"growth/a minor collection shrinks a large young block",
      "list 0 100\nmajor\nlist 1 20000\ndrop 1\nminor\nlist 2 50\nminor\n"},
     {"sweep/every collection is a full sweep", "fullsweep_after 0\nlist 0 100\nminor\nminor\n"},
     {"sweep/every fourth collection is a full sweep",
      "fullsweep_after 3\nlist 0 "
      "100\nmajor\nminor\nminor\nminor\nminor\nminor\nminor\nminor\nminor\n"},
     {"start/a larger heap from the start",
      "min_heap 1000\nlist 0 100\nmajor\nminor\nminor\nmajor\n"},
     {"start/a minimum between two block sizes",
      "min_heap 400\nlist 0 3\nlist 1 20\nmajor\nminor\nmajor\n"},
     {"start/collected with nothing in it", "minor\nminor\nmajor\nmajor\n"},
     {"two modules/purged one after the other",
      "module records 20 6\nmodule tuples 10 20\nliteral 0 0 3\nliteral 1 1 4\nreload 0\npurge 0\n"
      "reload 1\npurge 1\nminor\nmajor\n"},
     {"two modules/both old at once", "module records 20 6\nmodule records 200 100\nliteral 0 0 "
                                      "3\nliteral 1 1 4\nreload 0\nreload 1\n"
                                      "purge 1\npurge 0\nmajor\n"},
     {"two modules/one holder of one",
      "module records 20 6\nmodule records 200 100\nliteral 0 0 3\nreload 0\nreload 1\npurge 1\n"
      "purge 0\nmajor\n"},
     {"queue/two areas", "module records 20 6\nmodule records 200 100\nliteral 0 0 3\nliteral 1 "
                         "1 4\nreload 0\nreload 1\npurge_all 0 1\nmajor\n"},
     {"queue/two areas the other way round",
      "module records 20 6\nmodule records 200 100\nliteral 0 0 3\nliteral 1 1 4\nreload "
      "0\nreload 1\npurge_all 1 0\nmajor\n"},
     {"queue/the first of three is held, then the second, then the last",
      "module records 20 6\nmodule records 200 100\nmodule tuples 40 9\nliteral 0 0 3\nreload "
      "0\nreload 1\nreload 2\npurge_all 0 1 2\ndrop 0\nliteral 0 1 3\nreload 0\nreload "
      "1\nreload 2\npurge_all 0 1 2\ndrop 0\nliteral 0 2 3\nreload 0\nreload 1\nreload "
      "2\npurge_all 0 1 2\nmajor\n"},
     {"queue/four areas in messages and a hibernated process",
      "off_heap 1\nmodule records 20 6\nmodule records 200 100\nmodule tuples 40 9\nmodule maps "
      "8 100\nliteral 0 0 3\nliteral 1 3 3\ntuple 0 0 1\nhibernate 0\ntell_literal 1 3 "
      "2\ntell_literal 2 3 0\nhibernate 0\nreload 0\nreload 1\nreload 2\nreload 3\npurge_all 3 "
      "2 1 0\nreceive 1\nreceive 2\nmajor\n"},
     {"queue/somebody runs the old code of one",
      "module records 20 6\nmodule tuples 40 9\nliteral 0 0 3\nliteral 1 1 3\noccupy 1\nreload "
      "0\nreload 1\npurge_all 0 1 0\npurge_all 0 1\nmajor\n"},
     {"again/the same module purged three times",
      "module records 200 100\nliteral 0 0 3\nreload 0\npurge 0\nliteral 1 0 4\nreload 0\npurge 0\n"
      "literal 2 0 5\nreload 0\npurge 0\nmajor\n"},
     {"again/literals of both versions", "module records 20 6\nliteral 0 0 3\nreload 0\nliteral 1 "
                                         "0 3\npurge 0\nreload 0\npurge 0\nmajor\n"},
     {"again/a third version is refused while there is old code",
      "module records 20 6\nliteral 0 0 3\nreload 0\nreload 0\npurge 0\nreload 0\npurge "
      "0\nmajor\n"}}};

}  // namespace

std::span<const Named> named_singles() noexcept { return kSingle; }

}  // namespace bench::validate
