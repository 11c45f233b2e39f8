# ccache where it is installed; a launcher given on the command line wins.
find_program(PALISADE_CCACHE ccache)
if(PALISADE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PALISADE_CCACHE})
endif()
