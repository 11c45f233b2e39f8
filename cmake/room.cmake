include(GoogleTest)

# palisade_room(<name> [DEPS <rooms>...] [LIBS <imported targets>...])
#
# One static library per room from the *.cc files of its folder, and one GoogleTest program from the
# *_test.cc files beside them. A room links only the rooms that DEPS names, so a forbidden include
# of a header with code behind it fails to link, and tests/layering catches the rest.
function(palisade_room name)
  cmake_parse_arguments(ROOM "" "" "DEPS;LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cc$")
  list(TRANSFORM ROOM_DEPS PREPEND palisade_)

  add_library(palisade_${name} STATIC ${sources})
  target_link_libraries(palisade_${name} PUBLIC ${ROOM_DEPS} ${ROOM_LIBS} PRIVATE palisade_options)
  target_include_directories(palisade_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  palisade_tidy(palisade_${name})

  if(tests AND BUILD_TESTING)
    palisade_test(${name}_test LABEL ${name} SOURCES ${tests} LIBS palisade_${name})
  endif()
  if(PALISADE_FUZZ)
    file(GLOB fuzzers CONFIGURE_DEPENDS *_fuzz.cc)
    foreach(source IN LISTS fuzzers)
      palisade_fuzzer(${source} palisade_${name})
    endforeach()
  endif()
endfunction()

add_custom_target(unit_tests)
add_custom_target(tests_below_rpc)
add_custom_target(fuzzers)

# palisade_test(<target> LABEL <room> SOURCES <files>... LIBS <targets>...)
#
# A GoogleTest program of which ctest sees every case. Everything but the rpc room and what crosses
# rooms is labelled below_rpc: code without gRPC, which ThreadSanitizer can judge as a whole.
function(palisade_test target)
  cmake_parse_arguments(TEST "" "LABEL" "SOURCES;LIBS" ${ARGN})
  add_executable(${target} ${TEST_SOURCES})
  target_link_libraries(${target} PRIVATE ${TEST_LIBS} palisade_options GTest::gmock_main)
  palisade_tidy(${target})
  add_dependencies(unit_tests ${target})
  # One label each: gtest_discover_tests takes a list of labels apart.
  set(label rpc)
  if(NOT TEST_LABEL STREQUAL rpc)
    set(label below_rpc)
    add_dependencies(tests_below_rpc ${target})
  endif()
  # At test time, so that a sanitized program does not run during the build.
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                       TEST_PREFIX ${TEST_LABEL}. PROPERTIES TIMEOUT 300 LABELS ${label})
endfunction()

# The fuzzer's corpus is tests/fuzz/corpus/<first word of the file's name>; scripts/fuzz runs it.
function(palisade_fuzzer source library)
  get_filename_component(target ${source} NAME_WE)
  add_executable(${target} ${source})
  target_link_libraries(${target} PRIVATE ${library} palisade_options)
  target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  add_dependencies(fuzzers ${target})
endfunction()

function(palisade_tidy target)
  if(PALISADE_TIDY)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY ${PALISADE_CLANG_TIDY})
  endif()
endfunction()
